import { Injectable, type OnApplicationShutdown } from '@nestjs/common';

import { GuardedMailTransport } from './guarded-mail-transport.js';

/** Closes the transport after the last job. */
@Injectable()
export class MailTransportCloser implements OnApplicationShutdown {
  constructor(private readonly transport: GuardedMailTransport) {}

  onApplicationShutdown(): void {
    this.transport.close();
  }
}
