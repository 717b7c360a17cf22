import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import { Forbidden } from '../../../platform/problems/problem.js';
import { Returns } from '../../../platform/routes/returns.decorator.js';
import { Route } from '../../../platform/routes/route.decorator.js';
import { Overview } from './overview.js';
import { overviewResponse, type OverviewResponse } from './overview.schemas.js';

@ApiTags('admin')
@Controller('admin/overview')
export class OverviewController {
  constructor(private readonly overview: Overview) {}

  @Get()
  @Route({ access: 'admin:statistics', priority: 'read' })
  @ApiOperation({ summary: 'The state of the service', operationId: 'getOverview' })
  @Returns(
    { status: 200, description: 'Of the replica that answers', schema: overviewResponse },
    Forbidden,
  )
  async get(): Promise<OverviewResponse> {
    return this.overview.now();
  }
}
