import { Body, Controller, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import type { Principal } from '../../platform/common/request/principal.js';
import { AnyCaller, PreferredLocale } from '../../platform/http/access/caller.decorator.js';
import { validatedByService } from '../../platform/http/validation/validation.js';
import { Forbidden } from '../../platform/problems/problem.js';
import { Returns } from '../../platform/routes/returns.decorator.js';
import { Route } from '../../platform/routes/route.decorator.js';
import { EmailTaken } from '../users/user.errors.js';
import { userAnswer } from '../users/user-answer.js';
import { userResponse, type UserResponse } from '../users/user.schemas.js';
import { EnumerationSafeSignUp } from './enumeration-safe-sign-up.js';
import { creationActions } from './sign-up.access.js';
import { createUserRequest, type SignUpAccepted, signUpAccepted } from './sign-up.schemas.js';
import { SignUp } from './sign-up.service.js';

/** The answer to strangers when sign-up hides taken addresses. */
const accepted: SignUpAccepted = {
  status: 'accepted',
  detail: 'If the address can be used, a mail with the next step is on its way.',
};

@ApiTags('users')
@Controller('users')
export class SignUpController {
  constructor(
    private readonly signUp: SignUp,
    private readonly enumerationSafe: EnumerationSafeSignUp,
  ) {}

  @Post()
  @Route({
    access: creationActions,
    priority: 'write',
    limits: { source: ['signups'] },
    idempotent: true,
    exposure: 'public',
  })
  @ApiOperation({ summary: 'Create a user', operationId: 'createUser' })
  @Returns(
    {
      status: 201,
      description: 'The new user',
      schema: userResponse,
      headers: ['etag', 'location'],
    },
    Forbidden,
    EmailTaken,
  )
  @ApiResponse({
    status: 202,
    description: 'Accepted from a stranger, with SIGNUP_DISCLOSURE=false: discloses nothing',
    standardSchema: signUpAccepted,
  })
  async create(
    @Body({ schema: validatedByService(createUserRequest) }) body: unknown,
    @AnyCaller() caller: Principal,
    @PreferredLocale() locale: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UserResponse | SignUpAccepted> {
    if (this.enumerationSafe.appliesTo(caller)) {
      await this.enumerationSafe.request(body, locale);
      void reply.status(202);
      return accepted;
    }
    const user = await this.signUp.create(body, locale);
    void reply.header('location', `/users/${user.id}`);
    return userAnswer(reply, user);
  }
}
