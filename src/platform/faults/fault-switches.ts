import { Injectable } from '@nestjs/common';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import { RequestInvalid } from '../problems/problem.js';
import { Database } from '../database/database.js';
import { type Fault, FaultRegistry } from './fault-registry.js';
import { AuditLog } from '../audit/audit-log.js';
import type { AuditAction } from '../declarations/audit-actions.js';

type Reason = 'replaced' | 'deleted' | 'expired';

/** Turns faults on and off, and records both. */
@Injectable()
export class FaultSwitches {
  constructor(
    private readonly registry: FaultRegistry,
    private readonly database: Database,
    private readonly audit: AuditLog,
    @InjectPinoLogger('faults') private readonly logger: PinoLogger,
  ) {}

  list(): Fault[] {
    return this.registry.list();
  }

  /** @throws RequestInvalid for an unknown or exempt route. */
  async replace(faults: readonly Fault[]): Promise<Fault[]> {
    const unknown = faults.flatMap(({ route }, index) =>
      this.registry.canTouch(route)
        ? []
        : [{ pointer: `/faults/${index}/route`, detail: 'must be a route that can be touched' }],
    );
    if (unknown.length > 0) throw new RequestInvalid(unknown);
    await this.record('faults.begun', faults, 'replaced');
    this.registry.replace(faults, (fault) => void this.expire(fault));
    this.logger.warn({ count: faults.length }, 'faults switched on');
    return this.list();
  }

  async end(): Promise<void> {
    const ended = this.registry.clear();
    await this.record('faults.ended', ended, 'deleted');
    this.logger.warn({ count: ended.length, reason: 'deleted' }, 'faults switched off');
  }

  private async expire(fault: Fault): Promise<void> {
    this.logger.warn({ endpoint: fault.route, reason: 'expired' }, 'fault ended');
    try {
      await this.record('faults.ended', [fault], 'expired');
    } catch (error) {
      this.logger.error({ err: error }, 'the end of a fault could not be recorded');
    }
  }

  private async record(
    action: AuditAction,
    faults: readonly Fault[],
    reason: Reason,
  ): Promise<void> {
    const details = { routes: faults.map(({ route }) => route), reason };
    await this.database.commit(this.audit.insertion({ action, details }));
  }
}
