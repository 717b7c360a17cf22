import { Controller, Delete, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import { uuid } from '../../../platform/common/primitives.js';
import type { SignedInUser } from '../../../platform/common/request/principal.js';
import { Caller } from '../../../platform/http/access/caller.decorator.js';
import { Forbidden, ResourceNotFound } from '../../../platform/problems/problem.js';
import { Returns } from '../../../platform/routes/returns.decorator.js';
import { Route } from '../../../platform/routes/route.decorator.js';
import { sessionList, type SessionList } from './session.schemas.js';
import { SessionsService } from './sessions.service.js';

@ApiTags('auth')
@Controller('auth/sessions')
export class SessionsController {
  constructor(private readonly sessions: SessionsService) {}

  @Get()
  @Route({ access: 'account:own', priority: 'read', exposure: 'public' })
  @ApiOperation({ summary: 'List one’s sessions', operationId: 'listSessions' })
  @Returns(
    { status: 200, description: 'Living sessions, newest first', schema: sessionList },
    Forbidden,
  )
  async list(@Caller() caller: SignedInUser): Promise<SessionList> {
    return this.sessions.list(caller);
  }

  @Delete()
  @Route({ access: 'account:own', priority: 'write', exposure: 'public' })
  @ApiOperation({
    summary: 'End all of one’s sessions but this',
    operationId: 'revokeOtherSessions',
  })
  @Returns({ status: 204, description: 'The other sessions have ended' }, Forbidden)
  async revokeOthers(@Caller() caller: SignedInUser): Promise<void> {
    await this.sessions.revokeOthers(caller);
  }

  @Delete(':sessionId')
  @Route({ access: 'account:own', priority: 'write', exposure: 'public' })
  @ApiOperation({ summary: 'End one of one’s sessions', operationId: 'revokeSession' })
  @Returns({ status: 204, description: 'The session has ended' }, Forbidden, ResourceNotFound)
  async revoke(
    @Caller() caller: SignedInUser,
    @Param('sessionId', { schema: uuid }) sessionId: string,
  ): Promise<void> {
    await this.sessions.revoke(caller, sessionId);
  }
}
