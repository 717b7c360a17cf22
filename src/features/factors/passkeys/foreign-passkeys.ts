import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import { DatabaseConnector } from '../../../platform/database/connection/database-connector.js';
import { PasskeysRepository } from './passkeys.repository.js';
import { RelyingParty } from './relying-party.js';

/** Says once, after the start, how many passkeys belong to another domain: browsers offer none of them. */
@Injectable()
export class ForeignPasskeys implements OnApplicationBootstrap {
  constructor(
    private readonly connector: DatabaseConnector,
    private readonly passkeys: PasskeysRepository,
    private readonly party: RelyingParty,
    @InjectPinoLogger('factors') private readonly logger: PinoLogger,
  ) {}

  onApplicationBootstrap(): void {
    void this.warn();
  }

  private async warn(): Promise<void> {
    try {
      await this.connector.whenConnected();
      const count = await this.passkeys.countForeign(this.party.id);
      if (count > 0) this.logger.warn({ count }, 'passkeys belong to another domain');
    } catch (error) {
      // Such as before the migration that adds the column.
      this.logger.debug({ err: error }, 'domains of passkeys not compared');
    }
  }
}
