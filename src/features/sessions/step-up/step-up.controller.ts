import { Body, Controller, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import type { SignedInUser } from '../../../platform/common/request/principal.js';
import { Caller } from '../../../platform/http/access/caller.decorator.js';
import { Forbidden } from '../../../platform/problems/problem.js';
import { Returns } from '../../../platform/routes/returns.decorator.js';
import { Route } from '../../../platform/routes/route.decorator.js';
import { InvalidCredentials, InvalidToken } from '../../credentials/credential.errors.js';
import { requestOptions, type RequestOptions } from '../../factors/passkeys/passkey.schemas.js';
import {
  stepUpRequest,
  type StepUpRequest,
  stepUpResponse,
  type StepUpResponse,
} from './step-up.schemas.js';
import { StepUpService } from './step-up.service.js';

@ApiTags('auth')
@Controller('auth/step-up')
export class StepUpController {
  constructor(private readonly stepUp: StepUpService) {}

  @Post()
  @Route({
    access: 'account:own',
    priority: 'sign-in',
    limits: { source: ['logins'] },
    exposure: 'public',
  })
  @ApiOperation({ summary: 'Prove a second factor in this session', operationId: 'stepUp' })
  @Returns(
    { status: 200, description: 'The session is `aal2`', schema: stepUpResponse },
    InvalidCredentials,
    InvalidToken,
    Forbidden,
  )
  async raise(
    @Body({ schema: stepUpRequest }) proof: StepUpRequest,
    @Caller() caller: SignedInUser,
  ): Promise<StepUpResponse> {
    return this.stepUp.raise(caller, proof);
  }

  @Post('options')
  @Route({
    access: 'account:own',
    priority: 'sign-in',
    limits: { source: ['challenges'] },
    exposure: 'public',
  })
  @ApiOperation({ summary: 'Options for a passkey in this session', operationId: 'stepUpOptions' })
  @Returns(
    {
      status: 200,
      description: 'Options of `navigator.credentials.get`, good for five minutes',
      schema: requestOptions,
    },
    Forbidden,
  )
  async options(@Caller() caller: SignedInUser): Promise<RequestOptions> {
    return this.stepUp.options(caller);
  }
}
