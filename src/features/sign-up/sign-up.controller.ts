import { Body, Controller, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { Returns } from '../../platform/http/routes/returns.decorator.js';
import { Route } from '../../platform/http/routes/route.decorator.js';
import { validatedByService } from '../../platform/http/routes/validation.js';
import { userResponse } from '../users/user.schemas.js';
import { creationActions } from './sign-up.access.js';
import { SignUp } from './sign-up.js';
import { createUserRequest, signUpAccepted } from './sign-up.schemas.js';

@ApiTags('users')
@Controller('users')
export class SignUpController {
  constructor(private readonly signUp: SignUp) {}

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
    'auth.forbidden',
    'users.email-taken',
    'idempotency.in-flight',
    'idempotency.mismatch',
    'request.too-large',
    'request.unsupported-media-type',
  )
  @ApiResponse({
    status: 202,
    description: 'Accepted from a stranger, with SIGNUP_DISCLOSURE=false: tells nothing',
    standardSchema: signUpAccepted,
  })
  async create(
    @Body({ schema: validatedByService(createUserRequest) }) body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const answer = await this.signUp.answer(body);
    void reply.status(answer.status).headers(answer.headers);
    return answer.body;
  }
}
