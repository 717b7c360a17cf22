import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import { Forbidden } from '../../../platform/problems/problem.js';
import { Returns } from '../../../platform/routes/returns.decorator.js';
import { Route } from '../../../platform/routes/route.decorator.js';
import { Statistics } from './statistics.js';
import {
  statisticsQuery,
  type StatisticsQuery,
  statisticsResponse,
  type StatisticsResponse,
} from './statistics.schemas.js';

@ApiTags('admin')
@Controller('admin/statistics')
export class StatisticsController {
  constructor(private readonly statistics: Statistics) {}

  @Get()
  @Route({ access: 'admin:statistics', priority: 'bulk' })
  @ApiOperation({ summary: 'What happened by day', operationId: 'getStatistics' })
  @Returns({ status: 200, description: 'Of all replicas', schema: statisticsResponse }, Forbidden)
  async get(
    @Query({ schema: statisticsQuery }) { days }: StatisticsQuery,
  ): Promise<StatisticsResponse> {
    return this.statistics.ofLast(days);
  }
}
