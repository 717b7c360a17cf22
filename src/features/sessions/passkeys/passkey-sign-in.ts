import { Injectable } from '@nestjs/common';

import { AuditLog } from '../../../platform/audit/audit-log.js';
import { ANSWER_FLOOR_MS, withMinimumDuration } from '../../../platform/common/minimum-duration.js';
import { Database } from '../../../platform/database/database.js';
import { InvalidCredentials } from '../../credentials/credential.errors.js';
import { FactorChecks } from '../../factors/factor-checks.js';
import type { Bond } from '../../factors/passkeys/challenges.js';
import { PasskeyChecks } from '../../factors/passkeys/passkey-checks.js';
import type { RequestOptions } from '../../factors/passkeys/passkey.schemas.js';
import { factorProof } from '../live-sessions/proof.js';
import { type AccountRefusal, ProvenAccounts } from '../sign-in/proven-accounts.js';
import { SignInMetrics } from '../sign-in/sign-in-metrics.js';
import { type FirstFactorClient, SignInService } from '../sign-in/sign-in.service.js';
import type { TokensResponse } from '../tokens/token.schemas.js';
import type { PasskeyLoginRequest } from './passkey-sign-in.schemas.js';

/** Whoever answers: the response names the account. */
const ANYBODY: Bond = { purpose: 'sign_in' };

/** Signs in by a passkey alone. */
@Injectable()
export class PasskeySignIn {
  constructor(
    private readonly database: Database,
    private readonly passkeys: PasskeyChecks,
    private readonly checks: FactorChecks,
    private readonly accounts: ProvenAccounts,
    private readonly signIn: SignInService,
    private readonly metrics: SignInMetrics,
    private readonly audit: AuditLog,
  ) {}

  /** Options for a browser: any passkey of this service. */
  async options(): Promise<RequestOptions> {
    return this.passkeys.ask(ANYBODY);
  }

  /**
   * Opens a session.
   * @throws InvalidToken for a challenge that is unknown, used or over; InvalidCredentials
   */
  login(
    { challenge_id, response }: PasskeyLoginRequest,
    client: FirstFactorClient,
  ): Promise<TokensResponse> {
    return this.metrics.countingFailures('passkey', async () => {
      const floor = withMinimumDuration(ANSWER_FLOOR_MS, Promise.resolve());
      const opened = await this.checks.open({ challenge_id, passkey: response }, ANYBODY);
      const factor = opened.passkey && (await this.checks.checkPasskey(opened.passkey));
      const account = factor ? await this.accounts.of(factor.userId, client) : 'wrong';
      if (factor !== undefined && typeof account === 'object')
        return this.signIn.open(account, client, { method: 'passkey', ...factorProof(factor) });
      await this.refuse(typeof account === 'object' ? 'wrong' : account, factor?.userId);
      await floor;
      throw new InvalidCredentials();
    });
  }

  private async refuse(reason: AccountRefusal | 'wrong', userId?: string): Promise<void> {
    await this.database.commit(
      this.audit.insertion({
        action: 'auth.passkey-refused',
        targetId: userId,
        details: { reason },
      }),
    );
  }
}
