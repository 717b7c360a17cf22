import { Controller, Get, Inject } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { RateLimited, Unauthenticated } from '../problems/problem.js';
import { Problems } from '../problems/problems.decorator.js';
import { Route } from '../routes/route.decorator.js';
import { appConfig } from '../app/app.config.js';
import { livenessResponse, type LivenessResponse } from './health.schemas.js';

/**
 * Liveness: the process runs, independent of its dependencies. Without it the kubelet restarts the
 * process.
 */
@ApiTags('probes')
@Controller('health')
export class LivenessController {
  constructor(@Inject(appConfig.KEY) private readonly config: ConfigType<typeof appConfig>) {}

  @Get()
  @Route({ access: 'public', priority: 'never-refused', probe: true })
  @ApiOperation({ summary: 'Liveness probe', operationId: 'getHealth' })
  @ApiOkResponse({ description: 'The process runs', standardSchema: livenessResponse })
  @Problems(Unauthenticated, RateLimited)
  live(): LivenessResponse {
    return {
      status: 'healthy',
      version: this.config.version,
      environment: this.config.environment,
      timestamp: new Date().toISOString(),
    };
  }
}
