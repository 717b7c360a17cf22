import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';

import { DEFAULT_PORT, httpConfig } from '../../http/server/http.config.js';

/**
 * Base of the links in mails. `PORT=0` picks a free port, so that a base that follows it is known
 * only once the API listens; processes without an API take it to be at its usual port.
 */
@Injectable()
export class PublicUrl {
  private port = DEFAULT_PORT;

  constructor(@Inject(httpConfig.KEY) private readonly config: ConfigType<typeof httpConfig>) {}

  /** Sets the listen address of the API of this process. */
  listeningOn(port: number): void {
    this.port = port;
  }

  /** Without a slash at the end. */
  get base(): string {
    return this.config.publicUrl.replace(/:0$/, `:${this.port}`);
  }
}
