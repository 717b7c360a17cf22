import { Body, Controller, Headers, Post } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';

import type { SignedInUser } from '../../../platform/common/request/principal.js';
import { Caller, ClientIp } from '../../../platform/http/access/caller.decorator.js';
import { Forbidden } from '../../../platform/problems/problem.js';
import { Returns } from '../../../platform/routes/returns.decorator.js';
import { Route } from '../../../platform/routes/route.decorator.js';
import { InvalidCredentials, InvalidToken } from '../../credentials/credential.errors.js';
import { requestOptions, type RequestOptions } from '../../factors/passkeys/passkey.schemas.js';
import { SessionsService } from '../live-sessions/sessions.service.js';
import {
  refreshRequest,
  type RefreshRequest,
  tokensResponse,
  type TokensResponse,
} from '../tokens/token.schemas.js';
import { FactorStep } from './factor-step.js';
import { FactorRequired } from './sign-in.errors.js';
import {
  factorLoginRequest,
  type FactorLoginRequest,
  factorOptionsRequest,
  type FactorOptionsRequest,
  loginRequest,
  type LoginRequest,
} from './sign-in.schemas.js';
import { SignInService } from './sign-in.service.js';

@ApiTags('auth')
@Controller('auth')
export class SignInController {
  constructor(
    private readonly signIn: SignInService,
    private readonly factorStep: FactorStep,
    private readonly sessions: SessionsService,
  ) {}

  @Post('login')
  @Route({
    access: 'public',
    priority: 'sign-in',
    limits: { source: ['logins'] },
    hashesPassword: true,
    exposure: 'public',
  })
  @ApiOperation({ summary: 'Sign in', operationId: 'login' })
  @ApiHeader({
    name: 'X-Device-Token',
    required: false,
    description: '`device_token` of an earlier sign-in: lets its owner in while others guess',
  })
  @Returns(
    { status: 200, description: 'Tokens of a new session', schema: tokensResponse },
    InvalidCredentials,
    FactorRequired,
  )
  async login(
    @Body({ schema: loginRequest }) body: LoginRequest,
    @ClientIp() ip: string,
    @Headers('user-agent') userAgent: string | undefined,
    @Headers('x-device-token') deviceToken: string | undefined,
  ): Promise<TokensResponse> {
    return this.signIn.login(body, { ip, userAgent, deviceToken });
  }

  @Post('login/factor')
  @Route({
    access: 'public',
    priority: 'sign-in',
    limits: { source: ['logins'] },
    exposure: 'public',
  })
  @ApiOperation({ summary: 'Sign in: the second factor', operationId: 'loginFactor' })
  @Returns(
    { status: 200, description: 'Tokens of a new session', schema: tokensResponse },
    InvalidCredentials,
    InvalidToken,
  )
  async loginFactor(
    @Body({ schema: factorLoginRequest }) body: FactorLoginRequest,
    @ClientIp() ip: string,
    @Headers('user-agent') userAgent: string | undefined,
  ): Promise<TokensResponse> {
    return this.signIn.loginFactor(body, { ip, userAgent });
  }

  @Post('login/factor/options')
  @Route({
    access: 'public',
    priority: 'sign-in',
    limits: { source: ['challenges'] },
    exposure: 'public',
  })
  @ApiOperation({
    summary: 'Sign in: options for a passkey as second factor',
    operationId: 'loginFactorOptions',
  })
  @Returns(
    {
      status: 200,
      description: 'Options of `navigator.credentials.get`, good for five minutes',
      schema: requestOptions,
    },
    InvalidToken,
  )
  async loginFactorOptions(
    @Body({ schema: factorOptionsRequest }) body: FactorOptionsRequest,
  ): Promise<RequestOptions> {
    return this.factorStep.options(body.login_token);
  }

  @Post('refresh')
  @Route({ access: 'public', priority: 'sign-in', exposure: 'public' })
  @ApiOperation({ summary: 'Replace a refresh token', operationId: 'refresh' })
  @Returns(
    { status: 200, description: 'The next tokens of the session', schema: tokensResponse },
    InvalidCredentials,
  )
  async refresh(@Body({ schema: refreshRequest }) body: RefreshRequest): Promise<TokensResponse> {
    return this.signIn.refresh(body.refresh_token);
  }

  @Post('logout')
  @Route({ access: 'account:own', priority: 'write', exposure: 'public' })
  @ApiOperation({ summary: 'Sign out: end this session', operationId: 'logout' })
  @Returns({ status: 204, description: 'The session has ended' }, Forbidden)
  async logout(@Caller() caller: SignedInUser): Promise<void> {
    await this.sessions.signOut(caller);
  }
}
