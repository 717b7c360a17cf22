import { Inject, Injectable } from '@nestjs/common';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';
import type { Level } from 'pino';

import { AuditLog } from '../../platform/audit/audit-log.js';
import { Database } from '../../platform/database/database.js';
import { LogLevel } from '../../platform/observability/logging/log-level.js';

/** Changes of the log level of this replica, with their audit records. */
@Injectable()
export class LogLevelChanges {
  constructor(
    @Inject(LogLevel) private readonly level: LogLevel,
    private readonly database: Database,
    private readonly audit: AuditLog,
    @InjectPinoLogger('admin') private readonly logger: PinoLogger,
  ) {}

  /** Changes the level for the given number of seconds. @returns when the configured level returns. */
  async set(level: Level, seconds: number): Promise<Date> {
    await this.database.commit(
      this.audit.insertion({ action: 'log-level.changed', details: { level, seconds } }),
    );
    const until = this.level.set(level, seconds, (configured) => void this.returned(configured));
    this.logger.warn({ state: level.toUpperCase() }, 'log level changed');
    return until;
  }

  private async returned(level: string): Promise<void> {
    this.logger.warn({ state: level.toUpperCase() }, 'log level returned');
    try {
      await this.database.commit(
        this.audit.insertion({ action: 'log-level.returned', details: { level } }),
      );
    } catch (error) {
      this.logger.error(
        { err: error, dependency: 'database' },
        'return of the log level unaudited',
      );
    }
  }
}
