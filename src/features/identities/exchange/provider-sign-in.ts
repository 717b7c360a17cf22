import { Injectable } from '@nestjs/common';

import type { FirstFactorClient } from '../../sessions/sign-in/sign-in.service.js';
import { SignInService } from '../../sessions/sign-in/sign-in.service.js';
import type { TokensResponse } from '../../sessions/tokens/token.schemas.js';
import type { ExchangeRequest } from '../identity.schemas.js';
import { ProviderAccounts } from '../linking/provider-accounts.js';
import { ProviderExchange } from './provider-exchange.js';

/** Source and client of a sign-in, which may make an account. */
export interface NewcomerClient extends FirstFactorClient {
  /** What it prefers; the default one if it prefers none. */
  readonly locale: string | undefined;
}

/** Signs in people who come back from a provider. */
@Injectable()
export class ProviderSignIn {
  constructor(
    private readonly exchange: ProviderExchange,
    private readonly accounts: ProviderAccounts,
    private readonly signIn: SignInService,
  ) {}

  /**
   * Opens a session for whoever came back, and creates the account of a newcomer.
   * @throws ProviderNotFound, InvalidToken, InvalidCredentials, FactorRequired, IdentityUnlinked,
   * RegistrationClosed, EmailRequired, DependencyUnavailable
   */
  async finish(
    provider: string,
    request: ExchangeRequest,
    client: NewcomerClient,
  ): Promise<TokensResponse> {
    return this.signIn.loginByProvider(async () => {
      const identity = await this.exchange.identify(provider, request);
      return this.accounts.of(identity, client.locale);
    }, client);
  }
}
