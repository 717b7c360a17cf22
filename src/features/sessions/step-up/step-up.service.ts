import { Injectable } from '@nestjs/common';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import { AuditLog } from '../../../platform/audit/audit-log.js';
import type { SignedInUser } from '../../../platform/common/request/principal.js';
import { Database } from '../../../platform/database/database.js';
import { runPrepared } from '../../../platform/database/transactions/prepared.js';
import { InvalidCredentials } from '../../credentials/credential.errors.js';
import { FactorChecks, type FactorProof, type Refusal } from '../../factors/factor-checks.js';
import type { Bond } from '../../factors/passkeys/challenges.js';
import { PasskeyChecks } from '../../factors/passkeys/passkey-checks.js';
import type { RequestOptions } from '../../factors/passkeys/passkey.schemas.js';
import { UserSessions } from '../../users/user-sessions.js';
import { AUTH_TIME, methodsOf } from '../live-sessions/proof.js';
import { AccessTokens } from '../tokens/access-tokens.js';
import type { StepUpResponse } from './step-up.schemas.js';

/** Wrong tries that end a session. */
const MOST_FAILURES = 5;

/** Counted before the check: otherwise concurrent guesses would pass before any is counted. */
const TRY = `
  UPDATE public.sessions SET step_up_tries = step_up_tries + 1
   WHERE id = $1 AND ended_at IS NULL AND step_up_tries < ${MOST_FAILURES}`;
/** Of a check that could not be made, or of a proof that was right before: neither is a guess. */
const GIVE_BACK = `
  UPDATE public.sessions SET step_up_tries = greatest(step_up_tries - 1, 0) WHERE id = $1`;
/** Counted after the check: otherwise a session would end while a right proof is still being checked. */
const FAIL = `
  UPDATE public.sessions SET step_up_failures = step_up_failures + 1
   WHERE id = $1 AND step_up_failures < ${MOST_FAILURES}
  RETURNING step_up_failures AS failures`;
const RAISE = `
  UPDATE public.sessions s
     SET acr = 'aal2', auth_time = now(), factor_id = $2, step_up_tries = 0, step_up_failures = 0,
         amr = ARRAY(SELECT method FROM unnest(amr) AS method WHERE method <> ALL($3::text[])) || $3::text[]
   WHERE id = $1 AND ended_at IS NULL
  RETURNING amr, ${AUTH_TIME} AS "authTime"`;

/** Raises sessions to `aal2` by a second factor. */
@Injectable()
export class StepUpService {
  constructor(
    private readonly database: Database,
    private readonly checks: FactorChecks,
    private readonly passkeys: PasskeyChecks,
    private readonly accessTokens: AccessTokens,
    private readonly sessions: UserSessions,
    private readonly audit: AuditLog,
    @InjectPinoLogger('auth') private readonly logger: PinoLogger,
  ) {}

  /** Options for a passkey of the caller. */
  async options(caller: SignedInUser): Promise<RequestOptions> {
    return this.passkeys.ask(bondOf(caller));
  }

  /** @throws InvalidToken for a challenge that is over; InvalidCredentials; five wrong ones in a row end the session. */
  async raise(caller: SignedInUser, given: FactorProof): Promise<StepUpResponse> {
    const { sessionId, userId, credentialsVersion } = caller;
    const proof = await this.checks.open(given, bondOf(caller));
    const { rowCount: admitted } = await this.database.write({ text: TRY, values: [sessionId] });
    // Those that are being checked decide whether the session ends.
    if (admitted === 0) throw new InvalidCredentials();
    const factor = await this.checks.check(userId, proof).catch(async (error: unknown) => {
      await this.database.write({ text: GIVE_BACK, values: [sessionId] });
      throw error;
    });
    if (typeof factor === 'string') return this.refuse(caller, factor);
    const { rows } = await this.database.write<{ amr: string[]; authTime: number }>({
      text: RAISE,
      values: [sessionId, factor.id, methodsOf(factor)],
    });
    const [raised] = rows;
    if (raised === undefined) throw new InvalidCredentials();
    await this.database.commit(
      this.audit.insertion({
        action: 'auth.stepped-up',
        targetId: userId,
        details: { session: sessionId, factor: factor.id },
      }),
    );
    this.sessions.changed(userId);
    return {
      access_token: this.accessTokens.issue({
        sub: userId,
        sid: sessionId,
        role: caller.withheldRole ?? caller.role,
        cv: credentialsVersion,
        acr: 'aal2',
        amr: raised.amr,
        auth_time: raised.authTime,
      }),
      token_type: 'Bearer',
      expires_in: this.accessTokens.lifetime,
    };
  }

  private async refuse({ sessionId, userId }: SignedInUser, refusal: Refusal): Promise<never> {
    const over = await this.database.transaction(async (manager) => {
      const { rows } = await runPrepared<{ failures: number }>(manager, {
        text: refusal === 'replayed' ? GIVE_BACK : FAIL,
        values: [sessionId],
      });
      const ended = rows[0]?.failures === MOST_FAILURES;
      await this.database.commit(
        this.audit.insertion({
          action: 'auth.step-up-refused',
          targetId: userId,
          details: { session: sessionId, ended, reason: refusal },
        }),
        ended ? await this.sessions.endOne(userId, sessionId) : [],
      );
      return ended;
    });
    if (over) {
      this.sessions.changed(userId);
      this.logger.warn({ user_id: userId }, 'session ended after wrong second factors');
    }
    throw new InvalidCredentials();
  }
}

function bondOf({ userId, sessionId }: SignedInUser): Bond {
  return { purpose: 'step_up', userId, boundTo: sessionId };
}
