import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import { AuditLog } from '../../../platform/audit/audit-log.js';
import { Database } from '../../../platform/database/database.js';
import { authConfig } from '../../../platform/http/access/auth.config.js';
import { InvalidCredentials } from '../../credentials/credential.errors.js';
import { BreachWarnings } from '../../credentials/breaches/breach-warnings.js';
import { Lockout } from '../../credentials/lockout/lockout.js';
import { PasswordCheck, type ProvenAccount } from '../../credentials/passwords/password-check.js';
import { FactorsRepository } from '../../factors/factors.repository.js';
import type { User } from '../../users/user.entity.js';
import { UserSessions } from '../../users/user-sessions.js';
import { passwordProof, type Proof, providerProof } from '../live-sessions/proof.js';
import { AccessTokens } from '../tokens/access-tokens.js';
import { DeviceTokens } from '../tokens/device-tokens.js';
import { type RefreshedSession, RefreshTokens } from '../tokens/refresh-tokens.js';
import type { TokensResponse } from '../tokens/token.schemas.js';
import { FactorStep } from './factor-step.js';
import { LoginTokens } from './login-tokens.js';
import { NewDevices } from './new-devices.js';
import { newSession, sessionOf } from './new-session.js';
import { ProvenAccounts } from './proven-accounts.js';
import { FactorRequired } from './sign-in.errors.js';
import { type SignInMethod, SignInMetrics } from './sign-in-metrics.js';
import type { FactorLoginRequest, LoginRequest } from './sign-in.schemas.js';

/** Source and client data of a sign-in. */
export interface Client {
  readonly ip: string;
  readonly userAgent: string | undefined;
}

/** The same of a sign-in by a first factor. */
export interface FirstFactorClient extends Client {
  /** From an earlier sign-in; ignored unless valid for this account. */
  readonly deviceToken: string | undefined;
}

/** How a person has proved who they are, for a new session. */
interface SignInProof extends Proof {
  readonly method: SignInMethod;
}

@Injectable()
export class SignInService {
  constructor(
    private readonly database: Database,
    private readonly check: PasswordCheck,
    private readonly accounts: ProvenAccounts,
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
    private readonly metrics: SignInMetrics,
    @Inject(authConfig.KEY) private readonly config: ConfigType<typeof authConfig>,
    @InjectPinoLogger('auth') private readonly logger: PinoLogger,
  ) {}

  /** @throws InvalidCredentials, FactorRequired, Overloaded, DependencyUnavailable */
  login(request: LoginRequest, client: FirstFactorClient): Promise<TokensResponse> {
    return this.metrics.countingFailures('password', async () => {
      const { email, password } = request;
      const device = this.devices.verify(client.deviceToken);
      const account = await this.check.prove({ email, password, device, ip: client.ip });
      this.breaches.checkBehindAnswer(account, password);
      return this.openOrAskForFactor(account, client, { method: 'password', ...passwordProof });
    });
  }

  /**
   * Signs in a user for whom an identity provider vouches.
   * @param prove finds the user and checks what the provider says; its refusals are counted here.
   * @throws InvalidCredentials, FactorRequired, DependencyUnavailable; what `prove` throws
   */
  loginByProvider(prove: () => Promise<User>, client: FirstFactorClient): Promise<TokensResponse> {
    return this.metrics.countingFailures('oidc', async () => {
      const user = await prove();
      const account = this.accounts.ofUser(user, client);
      if (account === 'suspended') throw new InvalidCredentials();
      return this.openOrAskForFactor(account, client, { method: 'oidc', ...providerProof });
    });
  }

  private async openOrAskForFactor(
    account: ProvenAccount,
    client: Client,
    proof: SignInProof,
  ): Promise<TokensResponse> {
    const factors = await this.secondFactors.of(account.id);
    if (factors.length === 0) return this.open(account, client, proof);
    throw new FactorRequired(await this.loginTokens.issue(account, proof.amr), factors);
  }

  /** Goes on where the first factor was right and the second was asked for. @throws InvalidCredentials, InvalidToken, DependencyUnavailable */
  loginFactor(
    { login_token: token, ...factor }: FactorLoginRequest,
    client: Client,
  ): Promise<TokensResponse> {
    return this.metrics.countingFailures('factor', async () => {
      const { account, proof } = await this.factorStep.prove(token, factor);
      return this.open(account, client, { method: 'factor', ...proof });
    });
  }

  /** @throws InvalidCredentials; a replayed token ends its session. */
  refresh(presented: string): Promise<TokensResponse> {
    return this.metrics.countingFailures('refresh_token', () => this.prolong(presented));
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
      newSession(session, { ...client, factorId: proof.factorId, seconds: this.lifetime }),
      await this.sessions.started(account.id, session.sessionId),
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
    this.metrics.opened(method, proof);
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
      this.metrics.succeeded('refresh_token', session);
      return this.tokens(session, token);
    }
    if (rotation.outcome === 'reused') {
      const { userId } = rotation.session;
      this.sessions.changed(userId);
      this.logger.warn({ user_id: userId }, 'refresh token replayed, session revoked');
    }
    throw new InvalidCredentials();
  }

  private async revoke({ sessionId, userId }: RefreshedSession): Promise<void> {
    await this.database.commit(
      await this.sessions.endOne(userId, sessionId),
      this.audit.insertion({
        action: 'auth.refresh-reused',
        targetId: userId,
        details: { session: sessionId },
      }),
    );
  }

  /** Seconds until a session ends that is not refreshed. */
  private get lifetime(): number {
    return Math.min(this.config.refreshTokenTtl, this.config.sessionMax);
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
