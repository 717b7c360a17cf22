import { Body, Controller, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { PreferredLocale } from '../../../platform/http/access/caller.decorator.js';
import { Returns } from '../../../platform/routes/returns.decorator.js';
import { Route } from '../../../platform/routes/route.decorator.js';
import { InvalidToken } from '../../credentials/credential.errors.js';
import { userAnswer } from '../../users/user-answer.js';
import { EmailTaken } from '../../users/user.errors.js';
import { userResponse, type UserResponse } from '../../users/user.schemas.js';
import { acceptInvitationRequest, type AcceptInvitationRequest } from './acceptance.schemas.js';
import { InvitationAcceptance } from './acceptance.service.js';

@ApiTags('auth')
@Controller('auth/invitations')
export class AcceptanceController {
  constructor(private readonly acceptance: InvitationAcceptance) {}

  @Post('accept')
  @Route({
    access: 'public',
    priority: 'write',
    limits: { source: ['tokens'] },
    exposure: 'public',
  })
  @ApiOperation({ summary: 'Accept an invitation', operationId: 'acceptInvitation' })
  @Returns(
    {
      status: 201,
      description: 'The new user, whose address is verified',
      schema: userResponse,
      headers: ['etag', 'location'],
    },
    InvalidToken,
    EmailTaken,
  )
  async accept(
    @Body({ schema: acceptInvitationRequest }) body: AcceptInvitationRequest,
    @PreferredLocale() locale: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UserResponse> {
    const user = await this.acceptance.accept(body, locale);
    void reply.header('location', `/users/${user.id}`);
    return userAnswer(reply, user);
  }
}
