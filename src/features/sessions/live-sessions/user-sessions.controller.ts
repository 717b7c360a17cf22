import { Controller, Delete, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import { uuid } from '../../../platform/common/primitives.js';
import { Forbidden } from '../../../platform/problems/problem.js';
import { Returns } from '../../../platform/routes/returns.decorator.js';
import { Route } from '../../../platform/routes/route.decorator.js';
import { UserNotFound } from '../../users/user.errors.js';
import { sessionList, type SessionList } from './session.schemas.js';
import { SessionsService } from './sessions.service.js';

@ApiTags('users')
@Controller('users/:id/sessions')
export class UserSessionsController {
  constructor(private readonly sessions: SessionsService) {}

  @Get()
  // Addresses of a user's devices are part of the export.
  @Route({ access: 'users:export', priority: 'read', exposure: 'public' })
  @ApiOperation({ summary: 'List the sessions of a user', operationId: 'listUserSessions' })
  @Returns(
    { status: 200, description: 'Living sessions, newest first', schema: sessionList },
    Forbidden,
    UserNotFound,
  )
  async list(@Param('id', { schema: uuid }) id: string): Promise<SessionList> {
    return this.sessions.listOf(id);
  }

  @Delete()
  @Route({ access: 'users:sign-out', priority: 'write', exposure: 'public' })
  @ApiOperation({ summary: 'Sign a user out everywhere', operationId: 'revokeUserSessions' })
  @Returns({ status: 204, description: 'All sessions have ended' }, Forbidden, UserNotFound)
  async revokeAll(@Param('id', { schema: uuid }) id: string): Promise<void> {
    await this.sessions.revokeAll(id);
  }
}
