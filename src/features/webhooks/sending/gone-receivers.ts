import { Injectable } from '@nestjs/common';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import { AuditLog } from '../../../platform/audit/audit-log.js';
import { Database } from '../../../platform/database/database.js';

/** Not if somebody has set another URL meanwhile. */
const PAUSE = `
  UPDATE public.webhooks SET status = 'paused', updated_at = now()
   WHERE id = $1 AND url = $2 AND status = 'active'
  RETURNING id`;

/** Pauses webhooks whose receivers answer that they want no more events. */
@Injectable()
export class GoneReceivers {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    @InjectPinoLogger('webhooks') private readonly logger: PinoLogger,
  ) {}

  /** @param url the one that was called. @throws DependencyUnavailable */
  async pause(webhookId: string, url: string): Promise<void> {
    const paused = await this.database.transaction(async (manager) => {
      const [rows] = await manager.query<[{ id: string }[], number]>(PAUSE, [webhookId, url]);
      if (rows.length === 0) return false;
      const details = { webhook: webhookId };
      await this.database.commit(this.audit.insertion({ action: 'webhook.paused', details }));
      return true;
    });
    if (paused) this.logger.warn({ webhook_id: webhookId }, 'receiver is gone, webhook paused');
  }
}
