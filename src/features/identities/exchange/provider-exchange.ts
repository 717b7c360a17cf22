import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import type { SignedInUser } from '../../../platform/common/request/principal.js';
import { httpConfig } from '../../../platform/http/server/http.config.js';
import { PublicUrl } from '../../../platform/mail/messages/public-url.js';
import { DependencyUnavailable, RequestInvalid } from '../../../platform/problems/problem.js';
import { InvalidToken } from '../../credentials/credential.errors.js';
import { newToken } from '../../credentials/opaque-token.js';
import type { ExchangeRequest, StartResponse } from '../identity.schemas.js';
import { ProviderFault } from '../providers/oidc-provider.js';
import { OidcProviders } from '../providers/oidc-providers.js';
import type { StatedIdentity } from '../providers/stated-identity.js';
import { OidcStates, secretsOf, STATE_TTL, type StateBinding } from './oidc-states.js';

/** Parameters of a callback, OpenID Connect Core §3.1.2.5 and RFC 9207; others are not passed on. */
const PARAMETERS = ['code', 'state', 'iss', 'error', 'error_description', 'error_uri'];

/** The way to a provider and back, whatever the identity is for. */
@Injectable()
export class ProviderExchange {
  constructor(
    private readonly providers: OidcProviders,
    private readonly states: OidcStates,
    private readonly publicUrl: PublicUrl,
    @Inject(httpConfig.KEY) private readonly config: ConfigType<typeof httpConfig>,
    @InjectPinoLogger('identities') private readonly logger: PinoLogger,
  ) {}

  /**
   * Begins a sign-in at a provider.
   * @param redirectTo of `PUBLIC_URL`, or of one of the origins in `CORS_ORIGINS`. @param linker who
   * links the identity to the own account.
   * @throws ProviderNotFound, RequestInvalid, DependencyUnavailable
   */
  async start(
    providerId: string,
    redirectTo: string,
    linker?: SignedInUser,
  ): Promise<StartResponse> {
    const provider = this.providers.get(providerId);
    this.assertOwnOrigin(redirectTo);
    // As openid-client writes it later: the provider compares the two.
    const redirectUri = new URL(redirectTo).href;
    const token = newToken();
    const authorization = { redirectUri, ...secretsOf(token) };
    const url = await provider.authorizationUrl(authorization).catch((error: unknown) => {
      if (!(error instanceof ProviderFault)) throw error;
      this.reportFault(providerId, error);
      throw new DependencyUnavailable({ cause: error });
    });
    await this.states.store(token, redirectUri, { provider: providerId, linker });
    return { authorization_url: url, state_token: token, expires_in: STATE_TTL };
  }

  /**
   * Finds out who came back from a provider; the state token is used up.
   * @param linker the caller, where the identity is to be linked.
   * @throws ProviderNotFound; InvalidToken for all that does not fit; DependencyUnavailable
   */
  async identify(
    providerId: string,
    { state_token: token, callback_url: callbackUrl }: ExchangeRequest,
    linker?: SignedInUser,
  ): Promise<StatedIdentity> {
    const provider = this.providers.get(providerId);
    const secrets = secretsOf(token);
    const callback = new URL(callbackUrl);
    // The callback of another start: the token stays for its own.
    if (callback.searchParams.get('state') !== secrets.state) throw new InvalidToken();
    const binding: StateBinding = { provider: providerId, linker };
    const redirectUri = await this.states.use(token, binding);
    if (redirectUri === undefined || !leadsTo(callback, redirectUri)) throw new InvalidToken();
    const parameters = parametersOf(callback);
    return provider.identify(parameters, { redirectUri, ...secrets }).catch((error: unknown) => {
      if (!(error instanceof ProviderFault)) throw error;
      this.reportFault(providerId, error);
      throw new InvalidToken({ cause: error });
    });
  }

  /** A stranger's page must not receive codes. @throws RequestInvalid */
  private assertOwnOrigin(redirectUri: string): void {
    const own = [new URL(this.publicUrl.base).origin, ...(this.config.corsOrigins ?? [])];
    if (own.includes(new URL(redirectUri).origin)) return;
    throw new RequestInvalid([
      {
        pointer: '/redirect_uri',
        detail: 'must have the origin of this service or of a client of it',
      },
    ]);
  }

  /** Operators see here that a client id or secret is wrong. */
  private reportFault(provider: string, { message }: ProviderFault): void {
    this.logger.warn({ provider, reason: message }, 'answer of identity provider refused');
  }
}

function leadsTo({ origin, pathname }: URL, redirectUri: string): boolean {
  return `${origin}${pathname}` === redirectUri;
}

function parametersOf({ searchParams }: URL): URLSearchParams {
  return new URLSearchParams(
    [...searchParams].filter(([parameter]) => PARAMETERS.includes(parameter)),
  );
}
