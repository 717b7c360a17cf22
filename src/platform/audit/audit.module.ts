import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { AuditList } from './audit-list.js';
import { AuditLog } from './audit-log.js';
import { AuditRecord } from './audit-record.entity.js';
import { AuditController } from './audit.controller.js';

/** The record of security-relevant actions. */
@Global()
@Module({ providers: [AuditLog], exports: [AuditLog] })
export class AuditModule {}

/** Reading it, over HTTP. */
@Module({
  imports: [TypeOrmModule.forFeature([AuditRecord])],
  controllers: [AuditController],
  providers: [AuditList],
})
export class AuditHttpModule {}
