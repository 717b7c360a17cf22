import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { metrics } from '@opentelemetry/api';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';
import { v4 as uuidv4, v7 as uuidv7 } from 'uuid';

import { AuditLog } from '../../../platform/audit/audit-log.js';
import { Database } from '../../../platform/database/database.js';
import { type Write, writeBy } from '../../../platform/database/transactions/write.js';
import { authConfig } from '../../../platform/http/access/auth.config.js';
import { InvalidCredentials } from '../../credentials/credential.errors.js';
import { Lockout } from '../../credentials/lockout/lockout.js';
import { PasswordCheck, type ProvenAccount } from '../../credentials/passwords/password-check.js';
import { UserSessions } from '../../users/user-sessions.js';
import { AccessTokens } from '../tokens/access-tokens.js';
import { DeviceTokens } from '../tokens/device-tokens.js';
import { type RefreshedSession, RefreshTokens } from '../tokens/refresh-tokens.js';
import type { TokensResponse } from '../tokens/token.schemas.js';
import type { LoginRequest } from './sign-in.schemas.js';

/** Source and client data of a sign-in. */
export interface Client {
  readonly ip: string;
  readonly userAgent: string | undefined;
  /** From an earlier sign-in; ignored unless valid for this account. */
  readonly deviceToken: string | undefined;
}

/** Credentials that open or refresh sessions. */
const methods = ['password', 'refresh_token'] as const;
type Method = (typeof methods)[number];
/**
 * `refused`: the credentials are wrong. `failed`: a dependency is down, or there is no capacity.
 */
const results = ['succeeded', 'refused', 'failed'] as const;

const MAX_USER_AGENT = 512;

const INSERT = `
  INSERT INTO public.sessions (id, user_id, expires_at, ip, user_agent, credentials_version, device_id)
  VALUES ($1, $2, now() + make_interval(secs => $3), $4, $5, $6, $7)`;
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
    private readonly lockout: Lockout,
    private readonly audit: AuditLog,
    private readonly accessTokens: AccessTokens,
    private readonly refreshTokens: RefreshTokens,
    private readonly devices: DeviceTokens,
    private readonly sessions: UserSessions,
    @Inject(authConfig.KEY) private readonly config: ConfigType<typeof authConfig>,
    @InjectPinoLogger('auth') private readonly logger: PinoLogger,
  ) {
    for (const method of methods)
      for (const result of results) this.signIns.add(0, { method, result });
  }

  /** @throws InvalidCredentials, Overloaded, DependencyUnavailable */
  login(request: LoginRequest, client: Client): Promise<TokensResponse> {
    return this.counted('password', this.open(request, client));
  }

  /** @throws InvalidCredentials; a replayed token ends its session. */
  refresh(presented: string): Promise<TokensResponse> {
    return this.counted('refresh_token', this.prolong(presented));
  }

  private async counted<Result>(method: Method, signIn: Promise<Result>): Promise<Result> {
    try {
      const result = await signIn;
      this.signIns.add(1, { method, result: 'succeeded' });
      return result;
    } catch (error) {
      const result = error instanceof InvalidCredentials ? 'refused' : 'failed';
      this.signIns.add(1, { method, result });
      throw error;
    }
  }

  private async open({ email, password }: LoginRequest, client: Client): Promise<TokensResponse> {
    const device = this.devices.verify(client.deviceToken);
    const account = await this.check.prove({ email, password, device, ip: client.ip });
    const session = sessionOf(account);
    const { token, write } = this.refreshTokens.first(session.sessionId);
    await this.database.commit(
      this.insertion(session, client),
      ...this.lockout.success(account.attempt, account.id),
      this.audit.insertion({
        action: 'auth.signed-in',
        targetId: account.id,
        details: { session: session.sessionId },
      }),
      write,
    );
    this.logger.info({ user_id: account.id }, 'signed in');
    return this.tokens(session, token);
  }

  private async prolong(presented: string): Promise<TokensResponse> {
    const rotation = await this.database.transaction(async () => {
      const result = await this.refreshTokens.rotate(presented);
      if (result.outcome === 'reused') await this.revoke(result.session);
      return result;
    });
    if (rotation.outcome === 'rotated') return this.tokens(rotation.session, rotation.token);
    if (rotation.outcome === 'reused') {
      const { userId } = rotation.session;
      this.sessions.changed(userId);
      this.logger.warn({ user_id: userId }, 'refresh token replayed, session revoked');
    }
    throw new InvalidCredentials();
  }

  private insertion(
    { sessionId, userId, deviceId, credentialsVersion }: RefreshedSession,
    { ip, userAgent }: Client,
  ): Write {
    return writeBy({
      text: INSERT,
      values: [
        sessionId,
        userId,
        this.config.refreshTokenTtl,
        ip,
        userAgent?.slice(0, MAX_USER_AGENT) ?? null,
        credentialsVersion,
        deviceId,
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
    const { userId, sessionId, role, credentialsVersion, deviceId } = session;
    return {
      access_token: this.accessTokens.issue({
        sub: userId,
        sid: sessionId,
        role,
        cv: credentialsVersion,
      }),
      token_type: 'Bearer',
      expires_in: this.accessTokens.lifetime,
      refresh_token: refreshToken,
      device_token: this.devices.issue({ id: deviceId, userId }),
    };
  }
}

/**
 * A new session with the credentials version of the checked password: a change meanwhile ends the
 * session at once.
 */
function sessionOf({ id, role, credentialsVersion, attempt }: ProvenAccount): RefreshedSession {
  const deviceId = attempt.deviceId ?? uuidv4();
  return { sessionId: uuidv7(), userId: id, deviceId, role, credentialsVersion };
}
