import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { metrics } from '@opentelemetry/api';

import {
  anonymous,
  type Principal,
  type SignedInUser,
} from '../../../platform/common/request/principal.js';
import { accessConfig } from '../../../platform/http/access/access.config.js';
import { Unauthenticated } from '../../../platform/problems/problem.js';
import {
  ApiKeyAuthentication,
  type PresentedKey,
} from '../../api-keys/authentication/api-key-authentication.js';
import { AccessTokens, tokenFaults } from '../tokens/access-tokens.js';
import type { NamedSession } from './session-cookies.js';
import { type SessionState, SessionStates } from './session-states.js';
import { SessionUse } from './session-use.js';

/** An ended or unknown session is the only fault that the token itself does not show. */
const refusals = [...tokenFaults, 'session-ended'] as const;

const BEARER = /^Bearer +([\w.-]+)$/i;

@Injectable()
export class Authenticator {
  private readonly refused = metrics.getMeter('auth').createCounter('tokens_refused_total', {
    description: 'Refused access tokens, by reason.',
    unit: '{token}',
  });

  constructor(
    private readonly tokens: AccessTokens,
    private readonly sessions: SessionStates,
    private readonly use: SessionUse,
    private readonly apiKeys: ApiKeyAuthentication,
    @Inject(accessConfig.KEY) private readonly config: ConfigType<typeof accessConfig>,
  ) {
    // Starts at zero, so that alerts see the first increase.
    for (const reason of refusals) this.refused.add(0, { reason });
  }

  /**
   * All given credentials must be valid. With both an access token and an API key the caller is the
   * user, who has fewer rights.
   * @throws Unauthenticated for a wrong credential, even where none is needed; DependencyUnavailable
   */
  async authenticate(
    authorization: string | undefined,
    apiKey: PresentedKey | undefined,
  ): Promise<Principal> {
    const service = apiKey && (await this.apiKeys.holderOf(apiKey));
    if (authorization !== undefined) return this.user(authorization);
    return service ?? anonymous;
  }

  /**
   * The user of a cookie's session; undefined if it has ended. A use prolongs it, as a refresh
   * prolongs that of a token.
   * @throws DependencyUnavailable
   */
  async bySession(named: NamedSession): Promise<SignedInUser | undefined> {
    const session = await this.sessions.of(named.sessionId, named.userId);
    if (session === undefined) return undefined;
    await this.use.record(named.sessionId, session.idleSeconds);
    return this.signedIn(named, session);
  }

  private async user(authorization: string): Promise<SignedInUser> {
    const [, token = ''] = BEARER.exec(authorization) ?? [];
    const claims = this.tokens.verify(token);
    if (typeof claims === 'string') return this.refuse(claims);
    const named = { sessionId: claims.sid, userId: claims.sub };
    const session = await this.sessions.of(claims.sid, claims.sub);
    if (session === undefined) return this.refuse('session-ended');
    return this.signedIn(named, session);
  }

  private signedIn(named: NamedSession, session: SessionState): SignedInUser {
    const { role, acr, authTime, credentialsVersion } = session;
    const rights = this.withholdsRole(session)
      ? { role: 'user' as const, withheldRole: role }
      : { role };
    return { kind: 'user', ...named, ...rights, acr, authTime, credentialsVersion };
  }

  /** Whether a superuser has to prove a second factor first. */
  private withholdsRole({ role, acr }: SessionState): boolean {
    return this.config.superusersNeedSecondFactor && role === 'superuser' && acr !== 'aal2';
  }

  private refuse(reason: (typeof refusals)[number]): never {
    this.refused.add(1, { reason });
    throw new Unauthenticated();
  }
}
