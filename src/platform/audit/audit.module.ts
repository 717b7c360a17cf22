import { Global, Module } from '@nestjs/common';

import { AuditList } from './audit-list.js';
import { AuditLog } from './audit-log.js';
import { AuditController } from './audit.controller.js';

/** The record of security-relevant actions. */
@Global()
@Module({ providers: [AuditLog], exports: [AuditLog] })
export class AuditModule {}

/** Reading it, over HTTP. */
@Module({ controllers: [AuditController], providers: [AuditList] })
export class AuditHttpModule {}
