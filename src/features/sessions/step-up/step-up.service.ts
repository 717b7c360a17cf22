import { Injectable } from '@nestjs/common';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import { AuditLog } from '../../../platform/audit/audit-log.js';
import type { SignedInUser } from '../../../platform/common/request/principal.js';
import { Database } from '../../../platform/database/database.js';
import { InvalidCredentials } from '../../credentials/credential.errors.js';
import { FactorChecks, type FactorProof } from '../../factors/factor-checks.js';
import { UserSessions } from '../../users/user-sessions.js';
import { AUTH_TIME } from '../live-sessions/proof.js';
import { AccessTokens } from '../tokens/access-tokens.js';
import type { StepUpResponse } from './step-up.schemas.js';

/** Wrong tries that end a session. */
const MOST_FAILURES = 5;

/** Counted before the check: otherwise concurrent guesses would pass before any is counted. */
const TRY = `
  UPDATE public.sessions SET step_up_failures = step_up_failures + 1
   WHERE id = $1 AND ended_at IS NULL AND step_up_failures < ${MOST_FAILURES}
  RETURNING step_up_failures AS count`;
const RAISE = `
  UPDATE public.sessions s
     SET acr = 'aal2', auth_time = now(), factor_id = $2, step_up_failures = 0,
         amr = array_remove(array_remove(amr, 'otp'), 'mfa') || '{otp,mfa}'
   WHERE id = $1 AND ended_at IS NULL
  RETURNING amr, ${AUTH_TIME} AS "authTime"`;

/** Raises sessions to `aal2` by a second factor. */
@Injectable()
export class StepUpService {
  constructor(
    private readonly database: Database,
    private readonly checks: FactorChecks,
    private readonly accessTokens: AccessTokens,
    private readonly sessions: UserSessions,
    private readonly audit: AuditLog,
    @InjectPinoLogger('auth') private readonly logger: PinoLogger,
  ) {}

  /** @throws InvalidCredentials; five wrong ones in a row end the session. */
  async raise(caller: SignedInUser, proof: FactorProof): Promise<StepUpResponse> {
    const { sessionId, userId, credentialsVersion } = caller;
    const tries = await this.database.write<{ count: number }>({ text: TRY, values: [sessionId] });
    const count = tries.rows[0]?.count;
    const factorId = count === undefined ? undefined : await this.checks.check(userId, proof);
    if (factorId === undefined) return this.refuse(caller, count ?? MOST_FAILURES);
    const { rows } = await this.database.write<{ amr: string[]; authTime: number }>({
      text: RAISE,
      values: [sessionId, factorId],
    });
    const [raised] = rows;
    if (raised === undefined) throw new InvalidCredentials();
    await this.database.commit(
      this.audit.insertion({
        action: 'auth.stepped-up',
        targetId: userId,
        details: { session: sessionId, factor: factorId },
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

  private async refuse({ sessionId, userId }: SignedInUser, count: number): Promise<never> {
    const over = count >= MOST_FAILURES;
    await this.database.transaction(async () =>
      this.database.commit(
        this.audit.insertion({
          action: 'auth.step-up-refused',
          targetId: userId,
          details: { session: sessionId, ended: over },
        }),
        over ? await this.sessions.endOne(userId, sessionId) : [],
      ),
    );
    if (over) {
      this.sessions.changed(userId);
      this.logger.warn({ user_id: userId }, 'session ended after wrong second factors');
    }
    throw new InvalidCredentials();
  }
}
