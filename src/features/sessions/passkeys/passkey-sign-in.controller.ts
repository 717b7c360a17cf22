import { Body, Controller, Headers, Post } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';

import { ClientIp } from '../../../platform/http/access/caller.decorator.js';
import { Returns } from '../../../platform/routes/returns.decorator.js';
import { Route } from '../../../platform/routes/route.decorator.js';
import { InvalidCredentials, InvalidToken } from '../../credentials/credential.errors.js';
import { requestOptions, type RequestOptions } from '../../factors/passkeys/passkey.schemas.js';
import { tokensResponse, type TokensResponse } from '../tokens/token.schemas.js';
import { PasskeySignIn } from './passkey-sign-in.js';
import { passkeyLoginRequest, type PasskeyLoginRequest } from './passkey-sign-in.schemas.js';

@ApiTags('auth')
@Controller('auth/passkey')
export class PasskeySignInController {
  constructor(private readonly signIn: PasskeySignIn) {}

  @Post('options')
  @Route({
    access: 'public',
    priority: 'sign-in',
    limits: { source: ['challenges'] },
    exposure: 'public',
  })
  @ApiOperation({ summary: 'Options for a sign-in by passkey', operationId: 'passkeyOptions' })
  @Returns({
    status: 200,
    description: 'Options of `navigator.credentials.get`, good for five minutes',
    schema: requestOptions,
  })
  async options(): Promise<RequestOptions> {
    return this.signIn.options();
  }

  @Post()
  @Route({
    access: 'public',
    priority: 'sign-in',
    limits: { source: ['logins'] },
    exposure: 'public',
  })
  @ApiOperation({ summary: 'Sign in by a passkey', operationId: 'loginPasskey' })
  @ApiHeader({
    name: 'X-Device-Token',
    required: false,
    description: '`device_token` of an earlier sign-in: lets its owner in while others guess',
  })
  @Returns(
    { status: 200, description: 'Tokens of a new session', schema: tokensResponse },
    InvalidCredentials,
    InvalidToken,
  )
  async login(
    @Body({ schema: passkeyLoginRequest }) body: PasskeyLoginRequest,
    @ClientIp() ip: string,
    @Headers('user-agent') userAgent: string | undefined,
    @Headers('x-device-token') deviceToken: string | undefined,
  ): Promise<TokensResponse> {
    return this.signIn.login(body, { ip, userAgent, deviceToken });
  }
}
