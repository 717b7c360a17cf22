import type { IncomingHttpHeaders } from 'node:http';

import { Injectable } from '@nestjs/common';

import { anonymous, type Principal, type SignedInUser } from '../common/principal.js';
import { Unauthenticated } from '../common/problem.js';
import { AccessTokens } from './access-tokens.js';
import { SessionStates } from './session-states.js';

const BEARER = /^Bearer +([\w.-]+)$/i;

/** Whether a request shows anything that could be right or wrong. */
export function bringsCredentials(headers: IncomingHttpHeaders): boolean {
  return headers.authorization !== undefined || headers['x-api-key'] !== undefined;
}

/** Finds out who a request comes from. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly sessions: SessionStates,
  ) {}

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
    const session = claims && (await this.sessions.of(claims.sid, claims.sub));
    if (claims === undefined || session === undefined) throw new Unauthenticated();
    return { kind: 'user', userId: session.userId, role: session.role, sessionId: claims.sid };
  }
}
