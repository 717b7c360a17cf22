import { Injectable } from '@nestjs/common';
import { metrics } from '@opentelemetry/api';

import { fromZero } from '../../../platform/common/from-zero.js';
import { DailyFigures } from '../../../platform/figures/daily-figures.js';
import { assuranceLevels } from '../../../platform/common/request/principal.js';
import { ProblemError } from '../../../platform/problems/problem.js';
import type { Proof } from '../live-sessions/proof.js';
import { FactorRequired } from './sign-in.errors.js';

/** Credentials that open or refresh sessions. `oidc`: an identity provider. `factor`: the second step. */
const methods = ['password', 'passkey', 'oidc', 'factor', 'refresh_token'] as const;
export type SignInMethod = (typeof methods)[number];
/**
 * `refused`: the credentials are wrong. `failed`: a dependency is down, or there is no capacity. Both
 * open no session, so that their `acr` is `none`.
 */
const failures = ['refused', 'failed'] as const;
/** The first factor is right, and the second is asked for. Opens no session either. */
const HALFWAY = 'factor_required';

/** Counts sign-ins, whatever their method. */
@Injectable()
export class SignInMetrics {
  private readonly signIns = metrics.getMeter('auth').createCounter('sign_ins_total', {
    description: 'Attempts to open or prolong a session, by kind and result.',
    unit: '{attempt}',
  });

  constructor(private readonly figures: DailyFigures) {
    fromZero(this.signIns, { method: methods, result: ['succeeded'], acr: assuranceLevels });
    fromZero(this.signIns, { method: methods, result: failures, acr: ['none'] });
    fromZero(this.signIns, { method: ['password', 'oidc'], result: [HALFWAY], acr: ['none'] });
  }

  /** A session was opened. */
  opened(method: SignInMethod, proof: Pick<Proof, 'acr'>): void {
    this.succeeded(method, proof);
    this.figures.add('sign-ins', method);
  }

  succeeded(method: SignInMethod, { acr }: Pick<Proof, 'acr'>): void {
    this.signIns.add(1, { method, result: 'succeeded', acr });
  }

  /** Runs a sign-in, which counts its own success. */
  async countingFailures<Result>(
    method: SignInMethod,
    signIn: () => Promise<Result>,
  ): Promise<Result> {
    try {
      return await signIn();
    } catch (error) {
      this.signIns.add(1, { method, result: resultOf(error), acr: 'none' });
      throw error;
    }
  }
}

function resultOf(error: unknown): (typeof failures)[number] | typeof HALFWAY {
  if (error instanceof FactorRequired) return HALFWAY;
  return error instanceof ProblemError && error.status < 500 ? 'refused' : 'failed';
}
