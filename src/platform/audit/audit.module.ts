import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import type { AuditAction } from '../declarations/audit-actions.js';
import { AuditList } from './audit-list.js';
import { AuditLog } from './audit-log.js';
import { AuditRecord } from './audit-record.entity.js';
import { auditController } from './audit.controller.js';

/** The record of security-relevant actions. */
@Global()
@Module({ providers: [AuditLog], exports: [AuditLog] })
export class AuditModule {}

/** Reading it, over HTTP. */
@Module({ imports: [TypeOrmModule.forFeature([AuditRecord])], providers: [AuditList] })
export class AuditHttpModule {
  /** @param actions the audit actions of all features, for the API description. */
  static forRoot(actions: readonly AuditAction[]): DynamicModule {
    return { module: AuditHttpModule, controllers: [auditController(actions)] };
  }
}
