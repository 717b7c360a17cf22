import { Injectable } from '@nestjs/common';
import { metrics } from '@opentelemetry/api';

import { AuditLog } from '../../platform/audit/audit-log.js';
import { fromZero } from '../../platform/common/from-zero.js';
import { DataCipher } from '../../platform/data-key/data-cipher.js';
import { Database } from '../../platform/database/database.js';
import { MailQueue } from '../../platform/mail/mail-queue.js';
import { type FactorType, factorTypes } from './factor.entity.js';
import { factorSecret, FactorsRepository } from './factors.repository.js';
import { hashOfCode } from './recovery-codes/recovery-codes.js';
import { stepOf } from './totp/totp.js';

/** What a person types: a code of an authenticator app, or else a recovery code. */
export interface FactorProof {
  readonly code?: string | undefined;
  readonly recovery_code?: string | undefined;
}

const results = ['accepted', 'refused', 'replayed'] as const;

/** Checks second factors. Each code is accepted once, whatever the replica. */
@Injectable()
export class FactorChecks {
  private readonly checks = metrics.getMeter('auth').createCounter('factor_checks_total', {
    description: 'Second factors that were checked, by type and result.',
    unit: '{check}',
  });

  constructor(
    private readonly database: Database,
    private readonly factors: FactorsRepository,
    private readonly cipher: DataCipher,
    private readonly audit: AuditLog,
    private readonly mails: MailQueue,
  ) {
    fromZero(this.checks, { type: factorTypes, result: results });
  }

  /** The id of the factor that is proved; undefined for a wrong code, or one that was used. @throws SecretUnreadable */
  async check(userId: string, proof: FactorProof): Promise<string | undefined> {
    return proof.code === undefined
      ? this.checkRecoveryCode(userId, proof.recovery_code ?? '')
      : this.checkTotp(userId, proof.code);
  }

  private async checkTotp(userId: string, code: string): Promise<string | undefined> {
    let replayed = false;
    for (const { id, secret } of await this.factors.totpsOf(userId)) {
      const step = await stepOf(this.cipher.decrypt(factorSecret, id, secret), code);
      if (step === undefined) continue;
      if (await this.factors.useStep(id, step)) {
        this.count('totp', 'accepted');
        return id;
      }
      replayed = true;
    }
    this.count('totp', replayed ? 'replayed' : 'refused');
    return undefined;
  }

  /** The owner is told, since a recovery code may have been found by somebody else. */
  private async checkRecoveryCode(userId: string, code: string): Promise<string | undefined> {
    const id = await this.database.transaction(async () => {
      const set = await this.factors.useCode(userId, hashOfCode(userId, code));
      if (set !== undefined)
        await this.database.commit(
          this.audit.insertion({ action: 'auth.recovery-code-used', targetId: userId }),
          this.mails.insertion({ template: 'recovery_code_used', user_id: userId }),
        );
      return set;
    });
    this.count('recovery_codes', id === undefined ? 'refused' : 'accepted');
    return id;
  }

  /** @throws SecretUnreadable @returns the step of the first code of an app. */
  async firstStep(id: string, secret: Buffer, code: string): Promise<number | undefined> {
    const step = await stepOf(this.cipher.decrypt(factorSecret, id, secret), code);
    this.count('totp', step === undefined ? 'refused' : 'accepted');
    return step;
  }

  private count(type: FactorType, result: (typeof results)[number]): void {
    this.checks.add(1, { type, result });
  }
}
