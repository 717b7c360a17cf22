import { createConnection, isIP } from 'node:net';
import { addAbortSignal } from 'node:stream';
import { connect, type ConnectionOptions } from 'node:tls';

/** Address and protocol of an SMTP server. */
export interface SmtpAddress {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte. */
  readonly secure: boolean;
  readonly tls: ConnectionOptions | undefined;
}

/** Whether an SMTP server greets with 220 before `signal` ends the attempt. */
export async function greets(
  { host, port, secure, tls }: SmtpAddress,
  signal: AbortSignal,
): Promise<boolean> {
  const options = { host, port };
  const socket = secure
    ? connect({ ...options, ...(isIP(host) === 0 && { servername: host }), ...tls })
    : createConnection(options);
  addAbortSignal(signal, socket);
  try {
    let line = '';
    for await (const chunk of socket.setEncoding('latin1')) {
      line += chunk as string;
      // Three digits are enough, even if they arrive separately.
      if (line.length >= 3) return line.startsWith('220');
    }
    return false;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
