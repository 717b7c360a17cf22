import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import type { SignedInUser } from '../../../platform/common/request/principal.js';
import { Caller } from '../../../platform/http/access/caller.decorator.js';
import { CsrfTokens } from '../../../platform/http/browser/csrf.js';
import { Forbidden } from '../../../platform/problems/problem.js';
import { Returns } from '../../../platform/routes/returns.decorator.js';
import { Route } from '../../../platform/routes/route.decorator.js';
import { currentSession, type CurrentSession } from './current-session.schemas.js';

@ApiTags('auth')
@Controller('auth/session')
export class CurrentSessionController {
  constructor(private readonly csrf: CsrfTokens) {}

  @Get()
  @Route({ access: 'account:own', priority: 'read', exposure: 'public' })
  @ApiOperation({ summary: 'Tell who is signed in, and how', operationId: 'getCurrentSession' })
  @Returns({ status: 200, description: 'The session in use', schema: currentSession }, Forbidden)
  read(@Caller() { sessionId, userId, acr }: SignedInUser): CurrentSession {
    const csrf_token = this.csrf.issue({ kind: 'session', id: sessionId });
    return { id: sessionId, user_id: userId, acr, csrf_token };
  }
}
