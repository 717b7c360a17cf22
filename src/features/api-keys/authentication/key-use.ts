import { Injectable } from '@nestjs/common';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import { Database } from '../../../platform/database/database.js';

/** At most one write for a key and minute, whichever replicas see its uses. */
const RECORD = `
  UPDATE public.api_keys SET last_used_at = date_trunc('minute', now())
   WHERE id = $1 AND last_used_at IS DISTINCT FROM date_trunc('minute', now())`;

/** When keys were last used, to the minute. */
@Injectable()
export class KeyUse {
  constructor(
    private readonly database: Database,
    @InjectPinoLogger('api-keys') private readonly logger: PinoLogger,
  ) {}

  /** Records a use now. It happens behind the request, which neither waits for it nor fails with it. */
  record(keyId: string): void {
    const onFailure = (error: unknown) =>
      this.logger.debug({ err: error }, 'use of an API key unrecorded');
    this.database.write({ text: RECORD, values: [keyId] }).catch(onFailure);
  }
}
