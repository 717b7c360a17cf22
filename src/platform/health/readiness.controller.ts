import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { RateLimited, Unauthenticated } from '../problems/problem.js';
import { Problems } from '../problems/problems.decorator.js';
import { Route } from '../routes/route.decorator.js';
import { readinessResponse, type ReadinessResponse } from './health.schemas.js';
import { Readiness } from './readiness.js';

/** Readiness: whether the Service should send requests to this pod. */
@ApiTags('probes')
@Controller('ready')
export class ReadinessController {
  constructor(private readonly readiness: Readiness) {}

  @Get()
  @Route({ access: 'public', priority: 'never-refused', probe: true })
  @ApiOperation({ summary: 'Readiness probe', operationId: 'getReady' })
  @ApiResponse({ status: 200, description: 'Ready', standardSchema: readinessResponse })
  @ApiResponse({ status: 503, description: 'Not ready', standardSchema: readinessResponse })
  @Problems(Unauthenticated, RateLimited)
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadinessResponse> {
    const report = await this.readiness.report();
    void reply.status(report.status === 'ready' ? 200 : 503);
    return report;
  }
}
