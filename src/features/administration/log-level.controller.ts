import { Body, Controller, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';

import { timestamp } from '../../platform/common/primitives.js';
import { Forbidden } from '../../platform/problems/problem.js';
import { Returns } from '../../platform/routes/returns.decorator.js';
import { Route } from '../../platform/routes/route.decorator.js';
import { logLevel } from '../../platform/app/app.config.js';
import { LogLevelChanges } from './log-level-changes.js';

const DAY_SECONDS = 86_400;

const logLevelRequest = z
  .strictObject({
    level: logLevel.meta({ examples: ['DEBUG'] }),
    seconds: z
      .int({ error: 'must be a whole number of seconds' })
      .min(1, { error: 'must be at least 1' })
      .max(DAY_SECONDS, { error: 'must be at most a day' })
      .default(900),
  })
  .meta({ id: 'LogLevelChange' });

const logLevelResponse = z.object({ level: z.string(), until: timestamp }).meta({ id: 'LogLevel' });

/** The log level of this replica, while it runs. */
@ApiTags('admin')
@Controller('admin/log-level')
export class LogLevelController {
  constructor(private readonly changes: LogLevelChanges) {}

  @Put()
  @Route({ access: 'admin:log-level', priority: 'never-refused' })
  @ApiOperation({
    summary: 'Change the log level of this replica for a limited time',
    operationId: 'setLogLevel',
  })
  @Returns(
    {
      status: 200,
      description: 'The level, and when the configured one returns',
      schema: logLevelResponse,
    },
    Forbidden,
  )
  async set(
    @Body({ schema: logLevelRequest }) { level, seconds }: z.infer<typeof logLevelRequest>,
  ): Promise<z.infer<typeof logLevelResponse>> {
    const until = await this.changes.set(level, seconds);
    return { level: level.toUpperCase(), until: until.toISOString() };
  }
}
