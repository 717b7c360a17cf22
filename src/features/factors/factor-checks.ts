import { Injectable } from '@nestjs/common';
import { metrics } from '@opentelemetry/api';

import { AuditLog } from '../../platform/audit/audit-log.js';
import { fromZero } from '../../platform/common/from-zero.js';
import { DataCipher } from '../../platform/data-key/data-cipher.js';
import { Database } from '../../platform/database/database.js';
import { MailQueue } from '../../platform/mail/mail-queue.js';
import { type FactorType, factorTypes } from './factor.entity.js';
import { factorSecret, FactorsRepository, type SecretFactor } from './factors.repository.js';
import { hashOfCode } from './recovery-codes/recovery-codes.js';
import { type Bond, Challenges } from './passkeys/challenges.js';
import { type ChallengedResponse, PasskeyChecks } from './passkeys/passkey-checks.js';
import type { AuthenticationResponse } from './passkeys/passkey.schemas.js';
import { stepOf } from './totp/totp.js';

/** What a person types: a code of an authenticator app, or a recovery code. */
interface TypedProof {
  readonly code?: string | undefined;
  readonly recovery_code?: string | undefined;
}

/** One of: a code, a recovery code, a passkey with its challenge. */
export interface FactorProof extends TypedProof {
  readonly challenge_id?: string | undefined;
  readonly passkey?: AuthenticationResponse | undefined;
}

/** A proof that is ready to be checked: its challenge is used up. */
export interface OpenProof extends TypedProof {
  readonly passkey?: ChallengedResponse | undefined;
}

/** A factor that was proved. */
export interface ProvenFactor {
  readonly id: string;
  readonly userId: string;
  /** Authentication methods, RFC 8176. */
  readonly methods: readonly string[];
}

/**
 * Why a proof proves nothing. `replayed`: it was used, and is a code of an app in its time, or the recovery code that was
 * used last. Who sends it again does not guess, so no limit of guesses counts it.
 */
export type Refusal = 'wrong' | 'replayed';

/** Refusals as the metric names them. */
const REFUSALS = { wrong: 'refused', replayed: 'replayed' } as const;
const results = ['accepted', ...Object.values(REFUSALS)] as const;

const CODE = ['otp'];
/** A key that the authenticator used for a person whom it has verified. */
const PASSKEY = ['pop', 'user'];

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
    private readonly challenges: Challenges,
    private readonly passkeys: PasskeyChecks,
  ) {
    fromZero(this.checks, { type: factorTypes, result: results });
  }

  /** Uses up the challenge of a passkey; there is none for what is typed. @throws InvalidToken */
  async open({ challenge_id: id, passkey, ...typed }: FactorProof, bond: Bond): Promise<OpenProof> {
    if (id === undefined || passkey === undefined) return typed;
    return {
      passkey: { challenge: await this.challenges.use(id, bond), response: passkey },
    };
  }

  /** The factor that is proved. @throws SecretUnreadable */
  async check(
    userId: string,
    { code, recovery_code: recoveryCode = '', passkey }: OpenProof,
  ): Promise<ProvenFactor | Refusal> {
    if (passkey !== undefined) return (await this.checkPasskey(passkey, userId)) ?? 'wrong';
    return code === undefined
      ? this.checkRecoveryCode(userId, recoveryCode)
      : this.checkTotp(userId, code);
  }

  /** @param userId whose it has to be; otherwise the response names the user. */
  async checkPasskey(
    response: ChallengedResponse,
    userId?: string,
  ): Promise<ProvenFactor | undefined> {
    const passkey = await this.passkeys.check(response, userId);
    this.count('passkey', passkey === undefined ? 'refused' : 'accepted');
    return passkey && { id: passkey.factorId, userId: passkey.userId, methods: PASSKEY };
  }

  private async checkTotp(userId: string, code: string): Promise<ProvenFactor | Refusal> {
    let refusal: Refusal = 'wrong';
    for (const { id, secret } of this.readable(await this.factors.totpsOf(userId))) {
      const step = await stepOf(secret, code);
      if (step === undefined) continue;
      if (await this.factors.useStep(id, step))
        return this.counted('totp', { id, userId, methods: CODE });
      refusal = 'replayed';
    }
    return this.counted('totp', refusal);
  }

  /**
   * Apps with their secrets in clear text. One that cannot be read stops no check of the others: the guesses at those
   * have to be counted. @throws SecretUnreadable where none can be read
   */
  private readable(apps: readonly SecretFactor[]): SecretFactor[] {
    const failures: unknown[] = [];
    const readable = apps.flatMap(({ id, secret }) => {
      try {
        return { id, secret: this.cipher.decrypt(factorSecret, id, secret) };
      } catch (error) {
        failures.push(error);
        return [];
      }
    });
    if (failures.length > 0 && readable.length === 0) throw failures[0];
    return readable;
  }

  /** The owner is told, since a recovery code may have been found by somebody else. */
  private async checkRecoveryCode(userId: string, code: string): Promise<ProvenFactor | Refusal> {
    const hash = hashOfCode(userId, code);
    const id = await this.database.transaction(async () => {
      const set = await this.factors.useCode(userId, hash);
      if (set !== undefined)
        await this.database.commit(
          this.audit.insertion({ action: 'auth.recovery-code-used', targetId: userId }),
          this.mails.insertion({ template: 'recovery_code_used', user_id: userId }),
        );
      return set;
    });
    if (id !== undefined) return this.counted('recovery_codes', { id, userId, methods: CODE });
    const replayed = await this.factors.wasLastCode(userId, hash);
    return this.counted('recovery_codes', replayed ? 'replayed' : 'wrong');
  }

  /** @throws SecretUnreadable @returns the step of the first code of an app. */
  async firstStep(id: string, secret: Buffer, code: string): Promise<number | undefined> {
    const step = await stepOf(this.cipher.decrypt(factorSecret, id, secret), code);
    this.count('totp', step === undefined ? 'refused' : 'accepted');
    return step;
  }

  private counted(type: FactorType, result: ProvenFactor | Refusal): ProvenFactor | Refusal {
    this.count(type, typeof result === 'string' ? REFUSALS[result] : 'accepted');
    return result;
  }

  private count(type: FactorType, result: (typeof results)[number]): void {
    this.checks.add(1, { type, result });
  }
}
