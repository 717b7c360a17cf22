import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import { AuditLog } from '../../../platform/audit/audit-log.js';
import { Database } from '../../../platform/database/database.js';
import { MailQueue } from '../../../platform/mail/mail-queue.js';
import { BreachCheck } from './breach-check.js';

/** An account whose password was proven. */
interface Account {
  readonly id: string;
  readonly credentialsVersion: number;
}

/**
 * Returns a row for the first find of a password only, also of concurrent ones. A password that was
 * changed since it was proven is not found any more.
 */
const FIRST_FIND = `
  INSERT INTO public.breached_passwords AS known (user_id, hash_digest)
  SELECT id, sha256(convert_to(password_hash, 'UTF8')) FROM public.users
   WHERE id = $1 AND credentials_version = $2 AND deleted_at IS NULL
      ON CONFLICT (user_id) DO UPDATE SET hash_digest = excluded.hash_digest, found_at = now()
   WHERE known.hash_digest <> excluded.hash_digest
  RETURNING user_id`;

/** Tells users once that the password they sign in with is known from a data breach. */
@Injectable()
export class BreachWarnings implements BeforeApplicationShutdown {
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly breaches: BreachCheck,
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly mails: MailQueue,
    @InjectPinoLogger('breaches') private readonly logger: PinoLogger,
  ) {}

  /** Checks a proven password while the caller goes on. Failures are logged. */
  checkBehindAnswer(account: Account, password: string): void {
    if (!this.breaches.isOn) return;
    const onFailure = (error: unknown) =>
      this.logger.warn(
        { err: error, user_id: account.id },
        'warning of a breached password failed',
      );
    const check = this.check(account, password).catch(onFailure);
    this.running.add(check);
    void check.finally(() => this.running.delete(check));
  }

  /** The last checks need the database. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.running);
  }

  private async check({ id, credentialsVersion }: Account, password: string): Promise<void> {
    if (!(await this.breaches.isBreached(password.normalize('NFKC')))) return;
    const isFirst = await this.database.transaction(async (manager) => {
      const first = await manager.query<unknown[]>(FIRST_FIND, [id, credentialsVersion]);
      if (first.length === 0) return false;
      await this.database.commit(
        this.audit.insertion({ action: 'auth.password-breached', targetId: id }),
        this.mails.insertion({ template: 'password_breached', user_id: id }),
      );
      return true;
    });
    if (isFirst) this.logger.info({ user_id: id }, 'breached password in use');
  }
}
