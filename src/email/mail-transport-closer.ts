import { Injectable, type OnApplicationShutdown } from '@nestjs/common';

import { MailTransport } from './mail.js';

/** Closes the transport after the last job. */
@Injectable()
export class MailTransportCloser implements OnApplicationShutdown {
  constructor(private readonly transport: MailTransport) {}

  onApplicationShutdown(): void {
    this.transport.close();
  }
}
