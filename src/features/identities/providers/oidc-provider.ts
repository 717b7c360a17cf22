import type { Configuration, JWKS, ServerMetadata } from 'openid-client';

import { DependencyUnavailable } from '../../../platform/problems/problem.js';
import type { DependencyPolicy } from '../../../platform/resilience/dependency-policy.js';
import { probeTcp } from '../../../platform/resilience/tcp-probe.js';
import type { ProviderSettings } from '../identities.config.js';
import { guardedFetch, ProviderAway } from './guarded-fetch.js';
import { Kept } from './kept.js';
import { type Profile, statedIdentity, type StatedIdentity } from './stated-identity.js';

/** How long endpoints and keys of a provider are kept, in milliseconds. */
const METADATA_MS = 3_600_000;
const KEYS_MS = 300_000;
/**
 * openid-client asks for new keys after an unknown key id only where its own are this old, in seconds.
 * Only the provider itself can make it ask: the token comes from its token endpoint.
 */
const OLD_ENOUGH = 61;

/** One request for an authorization, and what its answer has to match. */
export interface Authorization {
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string;
  /** PKCE, RFC 7636. */
  readonly verifier: string;
}

/** A provider answered, and the answer proves nothing. The message names the broken rule, no value. */
export class ProviderFault extends Error {
  override readonly name = 'ProviderFault';
}

type OpenidClient = typeof import('openid-client');

/** An OpenID provider: code flow with PKCE, state, nonce and `iss` (RFC 9207). Its package is loaded at the first use. */
export class OidcProvider {
  private readonly fetch;
  private readonly metadata = new Kept<ServerMetadata>(METADATA_MS);
  private keys: { readonly jwks: JWKS; readonly until: number } | undefined;

  constructor(
    private readonly settings: ProviderSettings,
    private readonly call: DependencyPolicy,
  ) {
    this.fetch = guardedFetch(call);
  }

  get id(): string {
    return this.settings.id;
  }

  /** How people know it. */
  get label(): string {
    return this.settings.label;
  }

  /**
   * Where the person goes to sign in. The provider is asked whether it is there: nobody is sent to a
   * page that does not answer.
   * @throws DependencyUnavailable, ProviderFault
   */
  async authorizationUrl({ redirectUri, state, nonce, verifier }: Authorization): Promise<string> {
    return this.talk(async (oidc, config) => {
      await this.call((signal) => probeTcp(this.settings.issuer, signal)).catch(asAway);
      return oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: this.settings.scopes.join(' '),
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }).href;
    });
  }

  /**
   * Exchanges the code of a callback and checks the ID token: signature, issuer, audience, expiry, nonce.
   * @param callback the parameters that the provider added to the redirect URI.
   * @throws DependencyUnavailable, ProviderFault
   */
  async identify(
    callback: URLSearchParams,
    { redirectUri, state, nonce, verifier }: Authorization,
  ): Promise<StatedIdentity> {
    const url = new URL(redirectUri);
    url.search = callback.toString();
    return this.talk(async (oidc, config) => {
      const tokens = await oidc.authorizationCodeGrant(config, url, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new ProviderFault('there is no ID token');
      // Many providers keep the address out of the ID token.
      const elsewhere =
        claims['email'] === undefined && config.serverMetadata().userinfo_endpoint !== undefined;
      const profile: Profile = elsewhere
        ? await oidc.fetchUserInfo(config, tokens.access_token, claims.sub)
        : claims;
      return statedIdentity(this.settings, claims, profile);
    });
  }

  private async talk<Result>(
    work: (oidc: OpenidClient, config: Configuration) => Promise<Result>,
  ): Promise<Result> {
    const oidc = await import('openid-client');
    try {
      const config = this.configuration(oidc, await this.metadata.get(() => this.discover(oidc)));
      const result = await work(oidc, config);
      this.keep(oidc, config);
      return result;
    } catch (error) {
      throw translated(error);
    }
  }

  private async discover(oidc: OpenidClient): Promise<ServerMetadata> {
    const { issuer, client_id: clientId } = this.settings;
    const config = await oidc.discovery(new URL(issuer), clientId, undefined, undefined, {
      [oidc.customFetch]: this.fetch,
      execute: this.isPlain ? [oidc.allowInsecureRequests] : [],
    });
    return config.serverMetadata();
  }

  /** A new one for each use, so that the age of its keys is ours to say. */
  private configuration(oidc: OpenidClient, metadata: ServerMetadata): Configuration {
    const { client_id: clientId, client_secret: secret } = this.settings;
    const methods = metadata.token_endpoint_auth_methods_supported;
    const authentication =
      methods === undefined || methods.includes('client_secret_basic')
        ? oidc.ClientSecretBasic(secret)
        : oidc.ClientSecretPost(secret);
    const config = new oidc.Configuration(metadata, clientId, undefined, authentication);
    config[oidc.customFetch] = this.fetch;
    // Otherwise the signature of the ID token is not verified in this flow.
    oidc.enableNonRepudiationChecks(config);
    if (this.isPlain) oidc.allowInsecureRequests(config);
    if (this.keys !== undefined && performance.now() < this.keys.until)
      oidc.setJwksCache(config, { jwks: this.keys.jwks, uat: nowInSeconds() - OLD_ENOUGH });
    return config;
  }

  /** Keeps keys that were fetched in this use. */
  private keep(oidc: OpenidClient, config: Configuration): void {
    const used = oidc.getJwksCache(config);
    if (used === undefined || used.uat <= nowInSeconds() - OLD_ENOUGH / 2) return;
    this.keys = { jwks: used.jwks, until: performance.now() + KEYS_MS };
  }

  /** Only development and test have providers without TLS. */
  private get isPlain(): boolean {
    return new URL(this.settings.issuer).protocol === 'http:';
  }
}

function asAway(cause: unknown): never {
  throw new ProviderAway('the identity provider is away', { cause });
}

/** RFC 6749 §4.1.2.1 and §5.2, and the codes of openid-client: what a log may repeat. */
const REASONS =
  /^(OAUTH_[A-Z_]+|access_denied|invalid_(client|grant|request|scope)|login_required|server_error|temporarily_unavailable|unauthorized_client)$/;

/** An error of openid-client, whose message and members may hold what the provider sent. */
function translated(error: unknown): Error {
  const cause = error instanceof Error ? error.cause : undefined;
  const away = [error, cause].find((each) => each instanceof ProviderAway);
  if (away !== undefined) return new DependencyUnavailable({ cause: away });
  if (error instanceof ProviderFault) return error;
  const { code, error: refusal } = error as Readonly<Record<'code' | 'error', unknown>>;
  const reason = [refusal, code].find((each) => typeof each === 'string' && REASONS.test(each));
  return new ProviderFault(typeof reason === 'string' ? reason : 'unexpected answer');
}

function nowInSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
