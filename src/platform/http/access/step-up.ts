import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';

import type { SignedInUser } from '../../common/request/principal.js';
import { StepUpRequired } from '../../problems/problem.js';
import { accessConfig } from './access.config.js';
import { SecondFactors } from './second-factors.js';

/** Asks for a second factor before acts that a stolen session must not do (step-up, RFC 9470). */
@Injectable()
export class StepUp {
  constructor(
    private readonly factors: SecondFactors,
    @Inject(accessConfig.KEY) private readonly config: ConfigType<typeof accessConfig>,
  ) {}

  /** @throws StepUpRequired where the account has a factor that was not proved lately; DependencyUnavailable */
  async require(caller: SignedInUser): Promise<true> {
    if (isStrongLately(caller, this.config.stepUpMaxAge)) return true;
    if ((await this.factors.of(caller.userId)).length === 0) return true;
    throw new StepUpRequired(this.config.stepUpMaxAge);
  }
}

/** Whether a session was proved by two factors within `maxAge` seconds. */
export function isStrongLately(session: SessionProof, maxAge: number): boolean {
  return session.acr === 'aal2' && isRecent(session, maxAge);
}

/** Whether a session was proved within `maxAge` seconds, by whatever method. */
export function isRecent({ authTime }: Pick<SessionProof, 'authTime'>, maxAge: number): boolean {
  return authTime >= Date.now() / 1000 - maxAge;
}

type SessionProof = Pick<SignedInUser, 'acr' | 'authTime'>;
