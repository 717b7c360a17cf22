import { Injectable } from '@nestjs/common';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import { AuditLog } from '../../../platform/audit/audit-log.js';
import { ANSWER_FLOOR_MS, withMinimumDuration } from '../../../platform/common/minimum-duration.js';
import { Database } from '../../../platform/database/database.js';
import { MailQueue } from '../../../platform/mail/mail-queue.js';
import { InvalidCredentials, InvalidToken } from '../../credentials/credential.errors.js';
import { Lockout } from '../../credentials/lockout/lockout.js';
import type { ProvenAccount } from '../../credentials/passwords/password-check.js';
import {
  FactorChecks,
  type FactorProof,
  type OpenProof,
  type ProvenFactor,
  type Refusal,
} from '../../factors/factor-checks.js';
import type { Bond } from '../../factors/passkeys/challenges.js';
import { PasskeyChecks } from '../../factors/passkeys/passkey-checks.js';
import type { RequestOptions } from '../../factors/passkeys/passkey.schemas.js';
import { type Proof, factorProof } from '../live-sessions/proof.js';
import { LoginTokens, type PresentedToken } from './login-tokens.js';

/** The second step of a sign-in: a factor, after the password or what stands for it. */
@Injectable()
export class FactorStep {
  constructor(
    private readonly database: Database,
    private readonly tokens: LoginTokens,
    private readonly checks: FactorChecks,
    private readonly passkeys: PasskeyChecks,
    private readonly lockout: Lockout,
    private readonly audit: AuditLog,
    private readonly mails: MailQueue,
    @InjectPinoLogger('auth') private readonly logger: PinoLogger,
  ) {}

  /**
   * The account of a login token, and how it was proved.
   * @throws InvalidToken for a token or a challenge that is unknown, used or over;
   * InvalidCredentials for a wrong factor, or while guesses are held off
   */
  async prove(
    loginToken: string,
    factor: FactorProof,
  ): Promise<{ account: ProvenAccount; proof: Proof }> {
    const floor = withMinimumDuration(ANSWER_FLOOR_MS, Promise.resolve());
    const presented = await this.tokens.try(loginToken);
    if (presented === undefined) throw new InvalidToken();
    const { id, account, amr } = presented;
    const proof = await this.checks.open(factor, bondOf(presented));
    const proven = await this.check(presented, proof);
    if (proven === undefined) {
      await floor;
      throw new InvalidCredentials();
    }
    if (!(await this.tokens.use(id))) throw new InvalidToken();
    return { account, proof: factorProof(proven, amr) };
  }

  /** Options for a passkey of the account. @throws InvalidToken */
  async options(loginToken: string): Promise<RequestOptions> {
    const presented = await this.tokens.find(loginToken);
    if (presented === undefined) throw new InvalidToken();
    return this.passkeys.ask(bondOf(presented));
  }

  private async check(
    presented: PresentedToken,
    proof: OpenProof,
  ): Promise<ProvenFactor | undefined> {
    const { id, account } = presented;
    const checked = (await this.lockout.refuses(account.attempt))
      ? 'locked'
      : await this.checks.check(account.id, proof).catch(async (error: unknown) => {
          await this.database.commit(this.tokens.returnOfTry(id));
          throw error;
        });
    if (typeof checked === 'string') return this.refuse(presented, checked);
    // Checked again: otherwise concurrent guesses would pass before any is counted.
    if (await this.lockout.refuses(account.attempt)) return this.refuse(presented, 'locked');
    return checked;
  }

  /** Counts a wrong factor; the owner is told once in an hour of many. */
  private async refuse(
    { id: tokenId, account: { id, attempt } }: PresentedToken,
    reason: Refusal | 'locked',
  ): Promise<undefined> {
    await this.database.transaction(async () => {
      await this.database.commit(
        this.audit.insertion({
          action: 'auth.factor-refused',
          targetId: id,
          details: { reason, device: attempt.deviceId !== undefined },
        }),
        reason === 'replayed' ? this.tokens.returnOfTry(tokenId) : [],
      );
      if (reason !== 'wrong' || !(await this.lockout.factorFailure(attempt))) return;
      await this.database.commit(this.mails.insertion({ template: 'factor_guessed', user_id: id }));
      this.database.afterCommit(() => this.warnOfGuesses(id));
    });
  }

  private warnOfGuesses(id: string): void {
    this.logger.warn({ user_id: id }, 'second factor guessed by somebody with the password');
  }
}

function bondOf({ id, account }: PresentedToken): Bond {
  return { purpose: 'second_factor', userId: account.id, boundTo: id };
}
