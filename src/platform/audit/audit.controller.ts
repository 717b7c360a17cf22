import { Controller, Get, Query, type Type } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import type { AuditAction } from '../declarations/audit-actions.js';
import { Forbidden } from '../problems/problem.js';
import { Returns } from '../routes/returns.decorator.js';
import { Route } from '../routes/route.decorator.js';
import { AuditList } from './audit-list.js';
import { type AuditPage, auditPage, listAuditQuery, type ListAuditQuery } from './audit.schemas.js';

/** The controller of the audit log. The API description lists the actions of its filter. */
export function auditController(actions: readonly AuditAction[]): Type<unknown> {
  const query = listAuditQuery(actions);

  @ApiTags('admin')
  @Controller('admin/audit')
  class AuditController {
    constructor(private readonly list: AuditList) {}

    @Get()
    @Route({ access: 'admin:audit', priority: 'bulk' })
    @ApiOperation({ summary: 'Security-relevant acts, newest first', operationId: 'listAudit' })
    @Returns({ status: 200, description: 'A page of acts', schema: auditPage }, Forbidden)
    async page(@Query({ schema: query }) asked: ListAuditQuery): Promise<AuditPage> {
      return this.list.page(asked);
    }
  }
  return AuditController;
}
