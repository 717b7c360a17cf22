declare module '@elastic/mockotlpserver' {
  export class MockOtlpServer {
    constructor(options: {
      logLevel?: string;
      services?: readonly ('http' | 'grpc')[];
      httpHostname?: string;
      httpPort?: number;
      grpcHostname?: string;
      grpcPort?: number;
      onTrace?: (trace: never) => void;
      onMetrics?: (metrics: never) => void;
    });
    readonly httpUrl: URL;
    readonly grpcUrl: URL;
    start(): Promise<void>;
    close(): Promise<void>;
  }
}
