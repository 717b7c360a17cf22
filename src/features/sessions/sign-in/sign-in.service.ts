import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { metrics } from '@opentelemetry/api';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';
import { v4 as uuidv4, v7 as uuidv7 } from 'uuid';

import { AuditLog } from '../../../platform/audit/audit-log.js';
import { fromZero } from '../../../platform/common/from-zero.js';
import { assuranceLevels } from '../../../platform/common/request/principal.js';
import { Database } from '../../../platform/database/database.js';
import { type Write, writeBy } from '../../../platform/database/transactions/write.js';
import { authConfig } from '../../../platform/http/access/auth.config.js';
import { InvalidCredentials, InvalidToken } from '../../credentials/credential.errors.js';
import { BreachWarnings } from '../../credentials/breaches/breach-warnings.js';
import { Lockout } from '../../credentials/lockout/lockout.js';
import { PasswordCheck, type ProvenAccount } from '../../credentials/passwords/password-check.js';
import { FactorsRepository } from '../../factors/factors.repository.js';
import { UserSessions } from '../../users/user-sessions.js';
import { passwordProof, type Proof } from '../live-sessions/proof.js';
import { AccessTokens } from '../tokens/access-tokens.js';
import { DeviceTokens } from '../tokens/device-tokens.js';
import { type RefreshedSession, RefreshTokens } from '../tokens/refresh-tokens.js';
import type { TokensResponse } from '../tokens/token.schemas.js';
import { FactorStep } from './factor-step.js';
import { LoginTokens } from './login-tokens.js';
import { NewDevices } from './new-devices.js';
import { FactorRequired } from './sign-in.errors.js';
import type { FactorLoginRequest, LoginRequest } from './sign-in.schemas.js';

/** Source and client data of a sign-in. */
export interface Client {
  readonly ip: string;
  readonly userAgent: string | undefined;
}

/** The same of a sign-in by password. */
export interface PasswordClient extends Client {
  /** From an earlier sign-in; ignored unless valid for this account. */
  readonly deviceToken: string | undefined;
}

/** Credentials that open or refresh sessions. `factor`: the second step after a password. */
const methods = ['password', 'factor', 'refresh_token'] as const;
type Method = (typeof methods)[number];
/**
 * `refused`: the credentials are wrong. `failed`: a dependency is down, or there is no capacity. Both
 * open no session, so that their `acr` is `none`.
 */
const failures = ['refused', 'failed'] as const;
/** The password is right, and a factor is asked for. Opens no session either. */
const HALFWAY = 'factor_required';

/** How a person has proved who they are, for a new session. */
interface SignInProof extends Proof {
  readonly method: Method;
}

const MAX_USER_AGENT = 512;

const INSERT = `
  INSERT INTO public.sessions (id, user_id, expires_at, ip, user_agent, credentials_version, device_id,
                               acr, amr, auth_time, factor_id)
  VALUES ($1, $2, now() + make_interval(secs => $3), $4, $5, $6, $7, $8, $9, to_timestamp($10), $11)`;
const REVOKE = 'UPDATE public.sessions SET ended_at = now() WHERE id = $1';

@Injectable()
export class SignInService {
  private readonly signIns = metrics.getMeter('auth').createCounter('sign_ins_total', {
    description: 'Attempts to open or prolong a session, by kind and result.',
    unit: '{attempt}',
  });

  constructor(
    private readonly database: Database,
    private readonly check: PasswordCheck,
    private readonly secondFactors: FactorsRepository,
    private readonly loginTokens: LoginTokens,
    private readonly factorStep: FactorStep,
    private readonly lockout: Lockout,
    private readonly newDevices: NewDevices,
    private readonly audit: AuditLog,
    private readonly accessTokens: AccessTokens,
    private readonly refreshTokens: RefreshTokens,
    private readonly devices: DeviceTokens,
    private readonly sessions: UserSessions,
    private readonly breaches: BreachWarnings,
    @Inject(authConfig.KEY) private readonly config: ConfigType<typeof authConfig>,
    @InjectPinoLogger('auth') private readonly logger: PinoLogger,
  ) {
    fromZero(this.signIns, { method: methods, result: ['succeeded'], acr: assuranceLevels });
    fromZero(this.signIns, { method: methods, result: failures, acr: ['none'] });
    fromZero(this.signIns, { method: ['password'], result: [HALFWAY], acr: ['none'] });
  }

  /** @throws InvalidCredentials, FactorRequired, Overloaded, DependencyUnavailable */
  login(request: LoginRequest, client: PasswordClient): Promise<TokensResponse> {
    return this.countingFailures('password', async () => {
      const { email, password } = request;
      const device = this.devices.verify(client.deviceToken);
      const account = await this.check.prove({ email, password, device, ip: client.ip });
      this.breaches.checkBehindAnswer(account, password);
      const factors = await this.secondFactors.of(account.id);
      if (factors.length > 0)
        throw new FactorRequired(await this.loginTokens.issue(account), factors);
      return this.open(account, client, { method: 'password', ...passwordProof });
    });
  }

  /** Goes on where `login` asked for a factor. @throws InvalidCredentials, InvalidToken, DependencyUnavailable */
  loginFactor(
    { login_token: token, ...factor }: FactorLoginRequest,
    client: Client,
  ): Promise<TokensResponse> {
    return this.countingFailures('factor', async () => {
      const { account, proof } = await this.factorStep.prove(token, factor);
      return this.open(account, client, { method: 'factor', ...proof });
    });
  }

  /** @throws InvalidCredentials; a replayed token ends its session. */
  refresh(presented: string): Promise<TokensResponse> {
    return this.countingFailures('refresh_token', () => this.prolong(presented));
  }

  private async countingFailures<Result>(
    method: Method,
    signIn: () => Promise<Result>,
  ): Promise<Result> {
    try {
      return await signIn();
    } catch (error) {
      this.signIns.add(1, { method, result: resultOf(error), acr: 'none' });
      throw error;
    }
  }

  /**
   * Opens a session for an account whose owner has proved it, by whatever method. Every way to sign in
   * ends here.
   */
  async open(
    account: ProvenAccount,
    client: Client,
    { method, ...proof }: SignInProof,
  ): Promise<TokensResponse> {
    const session = sessionOf(account, proof);
    const { token, write } = this.refreshTokens.first(session.sessionId);
    await this.database.commit(
      this.insertion(session, client, proof.factorId),
      this.lockout.success(account.attempt),
      ...(await this.newDevices.record(account, client.userAgent)),
      this.audit.insertion({
        action: 'auth.signed-in',
        targetId: account.id,
        details: { session: session.sessionId },
      }),
      write,
    );
    this.logger.info({ user_id: account.id }, 'signed in');
    this.signIns.add(1, { method, result: 'succeeded', acr: proof.acr });
    return this.tokens(session, token);
  }

  private async prolong(presented: string): Promise<TokensResponse> {
    const rotation = await this.database.transaction(async () => {
      const result = await this.refreshTokens.rotate(presented);
      if (result.outcome === 'reused') await this.revoke(result.session);
      return result;
    });
    if (rotation.outcome === 'rotated') {
      const { session, token } = rotation;
      this.signIns.add(1, { method: 'refresh_token', result: 'succeeded', acr: session.acr });
      return this.tokens(session, token);
    }
    if (rotation.outcome === 'reused') {
      const { userId } = rotation.session;
      this.sessions.changed(userId);
      this.logger.warn({ user_id: userId }, 'refresh token replayed, session revoked');
    }
    throw new InvalidCredentials();
  }

  private insertion(
    session: RefreshedSession,
    { ip, userAgent }: Client,
    factorId: string | undefined,
  ): Write {
    const { sessionId, userId, deviceId, credentialsVersion, acr, amr, authTime } = session;
    return writeBy({
      text: INSERT,
      values: [
        sessionId,
        userId,
        Math.min(this.config.refreshTokenTtl, this.config.sessionMax),
        ip,
        userAgent?.slice(0, MAX_USER_AGENT) ?? null,
        credentialsVersion,
        deviceId,
        acr,
        amr,
        authTime,
        factorId ?? null,
      ],
    });
  }

  private async revoke({ sessionId, userId }: RefreshedSession): Promise<void> {
    await this.database.commit(
      writeBy({ text: REVOKE, values: [sessionId] }),
      this.audit.insertion({
        action: 'auth.refresh-reused',
        targetId: userId,
        details: { session: sessionId },
      }),
    );
  }

  private tokens(session: RefreshedSession, refreshToken: string): TokensResponse {
    const { userId, sessionId, role, credentialsVersion, deviceId, deviceGeneration } = session;
    const { acr, amr, authTime } = session;
    return {
      access_token: this.accessTokens.issue({
        sub: userId,
        sid: sessionId,
        role,
        cv: credentialsVersion,
        acr,
        amr,
        auth_time: authTime,
      }),
      token_type: 'Bearer',
      expires_in: this.accessTokens.lifetime,
      refresh_token: refreshToken,
      device_token: this.devices.issue({ id: deviceId, userId, generation: deviceGeneration }),
    };
  }
}

function resultOf(error: unknown): (typeof failures)[number] | typeof HALFWAY {
  if (error instanceof FactorRequired) return HALFWAY;
  return error instanceof InvalidCredentials || error instanceof InvalidToken
    ? 'refused'
    : 'failed';
}

/**
 * A new session with the credentials version of the checked password: a change meanwhile ends the
 * session at once.
 */
function sessionOf(
  { id, role, credentialsVersion, deviceGeneration, attempt }: ProvenAccount,
  { acr, amr }: Proof,
): RefreshedSession {
  return {
    sessionId: uuidv7(),
    userId: id,
    deviceId: attempt.deviceId ?? uuidv4(),
    deviceGeneration,
    role,
    credentialsVersion,
    acr,
    amr,
    authTime: Math.floor(Date.now() / 1000),
  };
}
