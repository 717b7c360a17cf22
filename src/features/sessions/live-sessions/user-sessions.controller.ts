import { Controller, Delete, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import { uuid } from '../../../platform/common/primitives.js';
import { Forbidden } from '../../../platform/problems/problem.js';
import { Returns } from '../../../platform/routes/returns.decorator.js';
import { Route } from '../../../platform/routes/route.decorator.js';
import { UserNotFound } from '../../users/user.errors.js';
import { SessionsService } from './sessions.service.js';

@ApiTags('users')
@Controller('users/:id/sessions')
export class UserSessionsController {
  constructor(private readonly sessions: SessionsService) {}

  @Delete()
  @Route({ access: 'users:sign-out', priority: 'write', exposure: 'public' })
  @ApiOperation({ summary: 'Sign a user out everywhere', operationId: 'revokeUserSessions' })
  @Returns({ status: 204, description: 'All sessions have ended' }, Forbidden, UserNotFound)
  async revokeAll(@Param('id', { schema: uuid }) id: string): Promise<void> {
    await this.sessions.revokeAll(id);
  }
}
