import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';
import type { EntityManager } from 'typeorm';
import { v4 as uuidv4, v7 as uuidv7 } from 'uuid';

import { currentRequest } from '../common/request-context.js';
import { authConfig } from '../config/auth.config.js';
import { Database } from '../database/database.js';
import { AuditLog } from '../users/audit-log.js';
import { Lockout } from '../users/lockout.js';
import { PasswordCheck, type ProvenAccount } from '../users/password-check.js';
import { InvalidCredentials } from '../users/user.errors.js';
import { UserSessions } from '../users/user-sessions.js';
import { AccessTokens } from './access-tokens.js';
import type { LoginRequest, TokensResponse } from './auth.schemas.js';
import { DeviceTokens } from './device-tokens.js';
import { type RefreshedSession, RefreshTokens } from './refresh-tokens.js';

/** What a client says about itself when it signs in. */
export interface Client {
  readonly userAgent: string | undefined;
  /** From an earlier sign-in; anything but a genuine one for this account is ignored. */
  readonly deviceToken: string | undefined;
}

const MAX_USER_AGENT = 512;

/** Opens sessions and keeps them going. */
@Injectable()
export class SignInService {
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
  ) {}

  /** @throws InvalidCredentials, Overloaded, DependencyUnavailable */
  async login({ email, password }: LoginRequest, client: Client): Promise<TokensResponse> {
    const device = this.devices.verify(client.deviceToken);
    const account = await this.check.prove({ email, password, device });
    const { session, token } = await this.database.transaction(async (manager) => {
      await this.lockout.signedIn(manager, account.attempt, account.id);
      const opened = await this.open(manager, account, client.userAgent);
      await this.audit.record(manager, {
        action: 'auth.signed-in',
        targetId: account.id,
        details: { session: opened.sessionId },
      });
      return {
        session: opened,
        token: await this.refreshTokens.create(manager, opened.sessionId),
      };
    });
    this.logger.info({ user_id: account.id }, 'signed in');
    return this.tokens(session, token);
  }

  /** @throws InvalidCredentials, after which the session of a replayed token is over. */
  async refresh(presented: string): Promise<TokensResponse> {
    const rotation = await this.database.transaction(async (manager) => {
      const result = await this.refreshTokens.rotate(manager, presented);
      if (result.outcome === 'reused') await this.revoke(manager, result.session);
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

  private async open(
    manager: EntityManager,
    { id: userId, role, credentialsVersion, attempt }: ProvenAccount,
    userAgent: string | undefined,
  ): Promise<RefreshedSession> {
    const sessionId = uuidv7();
    const deviceId = attempt.deviceId ?? uuidv4();
    // With the version the password was proven under: a change meanwhile ends the session at once.
    await manager.query(
      `INSERT INTO sessions (id, user_id, expires_at, ip, user_agent, credentials_version, device_id)
       VALUES ($1, $2, now() + make_interval(secs => $3), $4, $5, $6, $7)`,
      [
        sessionId,
        userId,
        this.config.refreshTokenTtl,
        currentRequest()?.ip ?? null,
        userAgent?.slice(0, MAX_USER_AGENT) ?? null,
        credentialsVersion,
        deviceId,
      ],
    );
    return { sessionId, userId, deviceId, role, credentialsVersion };
  }

  private async revoke(
    manager: EntityManager,
    { sessionId, userId }: RefreshedSession,
  ): Promise<void> {
    await manager.query('UPDATE sessions SET ended_at = now() WHERE id = $1', [sessionId]);
    await this.audit.record(manager, {
      action: 'auth.refresh-reused',
      targetId: userId,
      details: { session: sessionId },
    });
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
