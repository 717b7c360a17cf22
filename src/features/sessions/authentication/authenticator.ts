import { Injectable } from '@nestjs/common';
import { metrics } from '@opentelemetry/api';

import {
  anonymous,
  type Principal,
  type SignedInUser,
} from '../../../platform/common/principal.js';
import { Unauthenticated } from '../../../platform/problems/problem.js';
import { AccessTokens, tokenFaults } from '../tokens/access-tokens.js';
import { SessionStates } from './session-states.js';

/** A session that is over, or never was one of the user's, is the one fault a token does not show. */
const refusals = [...tokenFaults, 'session-ended'] as const;

const BEARER = /^Bearer +([\w.-]+)$/i;

/** Finds out who a request comes from. */
@Injectable()
export class Authenticator {
  private readonly refused = metrics.getMeter('auth').createCounter('tokens_refused_total', {
    description: 'Access tokens refused, by what is wrong with them.',
    unit: '{token}',
  });

  constructor(
    private readonly tokens: AccessTokens,
    private readonly sessions: SessionStates,
  ) {
    // From zero, so that the first of a kind is a rise that alerts see.
    for (const reason of refusals) this.refused.add(0, { reason });
  }

  /**
   * Every credential given has to be right. With both an access token and an API key the caller is
   * the user: the narrower of the two.
   * @param byService whether the API key is right; nothing without any.
   * @throws Unauthenticated for a wrong credential, even where none is needed; DependencyUnavailable
   */
  async authenticate(
    authorization: string | undefined,
    byService: boolean | undefined,
  ): Promise<Principal> {
    if (byService === false) throw new Unauthenticated();
    if (authorization !== undefined) return this.user(authorization);
    return byService === true ? { kind: 'service' } : anonymous;
  }

  private async user(authorization: string): Promise<SignedInUser> {
    const [, token = ''] = BEARER.exec(authorization) ?? [];
    const claims = this.tokens.verify(token);
    if (typeof claims === 'string') return this.refuse(claims);
    const session = await this.sessions.of(claims.sid, claims.sub);
    if (session === undefined) return this.refuse('session-ended');
    return { kind: 'user', userId: session.userId, role: session.role, sessionId: claims.sid };
  }

  private refuse(reason: (typeof refusals)[number]): never {
    this.refused.add(1, { reason });
    throw new Unauthenticated();
  }
}
