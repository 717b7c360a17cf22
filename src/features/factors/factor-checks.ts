import { Injectable } from '@nestjs/common';
import { metrics } from '@opentelemetry/api';

import { DataCipher } from '../../platform/data-key/data-cipher.js';
import { type FactorType, factorTypes } from './factor.entity.js';
import { factorSecret, FactorsRepository } from './factors.repository.js';
import { hashOfCode } from './recovery-codes/recovery-codes.js';
import { stepOf } from './totp/totp.js';

const results = ['accepted', 'refused', 'replayed'] as const;

/** Checks second factors. Each code is accepted once, whatever the replica. */
@Injectable()
export class FactorChecks {
  private readonly checks = metrics.getMeter('auth').createCounter('factor_checks_total', {
    description: 'Second factors that were checked, by type and result.',
    unit: '{check}',
  });

  constructor(
    private readonly factors: FactorsRepository,
    private readonly cipher: DataCipher,
  ) {
    // Starts at zero, so that alerts see the first increase.
    for (const type of factorTypes)
      for (const result of results) this.checks.add(0, { type, result });
  }

  /** Whether a code is of an authenticator app of the user, and was not used before. @throws SecretUnreadable */
  async acceptsTotp(userId: string, code: string): Promise<boolean> {
    let replayed = false;
    for (const { id, secret } of await this.factors.totpsOf(userId)) {
      const step = await stepOf(this.cipher.decrypt(factorSecret, id, secret), code);
      if (step === undefined) continue;
      if (await this.factors.useStep(id, step)) return this.count('totp', 'accepted');
      replayed = true;
    }
    return this.count('totp', replayed ? 'replayed' : 'refused');
  }

  /** Whether a code is an unused recovery code of the user; it is used then. */
  async acceptsRecoveryCode(userId: string, code: string): Promise<boolean> {
    const used = await this.factors.useCode(userId, hashOfCode(userId, code));
    return this.count('recovery_codes', used ? 'accepted' : 'refused');
  }

  /** @throws SecretUnreadable @returns the step of the first code of an app. */
  async firstStep(id: string, secret: Buffer, code: string): Promise<number | undefined> {
    const step = await stepOf(this.cipher.decrypt(factorSecret, id, secret), code);
    this.count('totp', step === undefined ? 'refused' : 'accepted');
    return step;
  }

  private count(type: FactorType, result: (typeof results)[number]): boolean {
    this.checks.add(1, { type, result });
    return result === 'accepted';
  }
}
