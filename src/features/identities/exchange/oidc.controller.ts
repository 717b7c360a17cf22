import { Body, Controller, Get, Headers, Param, Post, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import type { Principal } from '../../../platform/common/request/principal.js';
import {
  AnyCaller,
  ClientIp,
  PreferredLocale,
} from '../../../platform/http/access/caller.decorator.js';
import { Returns } from '../../../platform/routes/returns.decorator.js';
import { Route } from '../../../platform/routes/route.decorator.js';
import { InvalidCredentials, InvalidToken } from '../../credentials/credential.errors.js';
import { EmailUnverified } from '../../factors/factor.errors.js';
import { FactorRequired } from '../../sessions/sign-in/sign-in.errors.js';
import { tokensResponse, type TokensResponse } from '../../sessions/tokens/token.schemas.js';
import { IdentitiesService } from '../identities.service.js';
import {
  EmailRequired,
  IdentityTaken,
  IdentityUnlinked,
  ProviderNotFound,
  RegistrationClosed,
} from '../identity.errors.js';
import {
  exchangeRequest,
  type ExchangeRequest,
  identityResponse,
  type IdentityResponse,
  providerList,
  type ProviderList,
  startRequest,
  type StartRequest,
  startResponse,
  type StartResponse,
} from '../identity.schemas.js';
import { OidcProviders } from '../providers/oidc-providers.js';
import { ProviderExchange } from './provider-exchange.js';
import { ProviderSignIn } from './provider-sign-in.js';

@ApiTags('auth')
@Controller('auth/oidc')
export class OidcController {
  constructor(
    private readonly providers: OidcProviders,
    private readonly exchange: ProviderExchange,
    private readonly signIn: ProviderSignIn,
    private readonly identities: IdentitiesService,
  ) {}

  @Get()
  @Route({ access: 'public', priority: 'read', exposure: 'public' })
  @ApiOperation({ summary: 'List the identity providers', operationId: 'listProviders' })
  @Returns({ status: 200, description: 'Providers to sign in through', schema: providerList })
  list(): ProviderList {
    return { items: this.providers.list() };
  }

  @Post(':provider/start')
  @Route({
    access: 'public',
    priority: 'sign-in',
    limits: { source: ['logins'] },
    exposure: 'public',
    stepUp: () => true,
  })
  @ApiOperation({
    summary: 'Begin a sign-in through a provider; signed in, begin to link an identity',
    operationId: 'startProviderSignIn',
  })
  @Returns(
    { status: 200, description: 'Where the person signs in', schema: startResponse },
    ProviderNotFound,
    InvalidCredentials,
    EmailUnverified,
  )
  async start(
    @Param('provider') provider: string,
    @Body({ schema: startRequest }) body: StartRequest,
    @AnyCaller() caller: Principal,
    @ClientIp() ip: string,
  ): Promise<StartResponse> {
    return caller.kind === 'user'
      ? this.identities.startLinking(provider, body, caller, ip)
      : this.exchange.start(provider, body.redirect_uri);
  }

  @Post(':provider/exchange')
  @Route({
    access: 'public',
    priority: 'sign-in',
    limits: { source: ['logins'] },
    exposure: 'public',
    stepUp: () => true,
  })
  @ApiOperation({
    summary: 'Finish what `start` began, with the URL that the provider led to',
    operationId: 'exchangeProviderSignIn',
  })
  @ApiHeader({
    name: 'X-Device-Token',
    required: false,
    description: '`device_token` of an earlier sign-in',
  })
  @Returns(
    { status: 200, description: 'Tokens of a new session', schema: tokensResponse },
    InvalidToken,
    InvalidCredentials,
    FactorRequired,
    RegistrationClosed,
    EmailUnverified,
    ProviderNotFound,
    IdentityUnlinked,
    IdentityTaken,
    EmailRequired,
  )
  @ApiResponse({
    status: 201,
    description: 'The identity is linked to the caller, who began signed in',
    standardSchema: identityResponse,
  })
  async finish(
    @Param('provider') provider: string,
    @Body({ schema: exchangeRequest }) body: ExchangeRequest,
    @AnyCaller() caller: Principal,
    @ClientIp() ip: string,
    @Headers('user-agent') userAgent: string | undefined,
    @Headers('x-device-token') deviceToken: string | undefined,
    @PreferredLocale() locale: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TokensResponse | IdentityResponse> {
    if (caller.kind !== 'user')
      return this.signIn.finish(provider, body, { ip, userAgent, deviceToken, locale });
    void reply.status(201);
    return this.identities.linkByExchange(provider, body, caller);
  }
}
