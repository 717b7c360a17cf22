import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import { Forbidden } from '../problems/problem.js';
import { Returns } from '../routes/returns.decorator.js';
import { Route } from '../routes/route.decorator.js';
import { AuditList } from './audit-list.js';
import { type AuditPage, auditPage, listAuditQuery, type ListAuditQuery } from './audit.schemas.js';

@ApiTags('admin')
@Controller('admin/audit')
export class AuditController {
  constructor(private readonly list: AuditList) {}

  @Get()
  @Route({ access: 'admin:audit', priority: 'bulk' })
  @ApiOperation({ summary: 'Security-relevant acts, newest first', operationId: 'listAudit' })
  @Returns({ status: 200, description: 'A page of acts', schema: auditPage }, Forbidden)
  async page(@Query({ schema: listAuditQuery }) query: ListAuditQuery): Promise<AuditPage> {
    return this.list.page(query);
  }
}
