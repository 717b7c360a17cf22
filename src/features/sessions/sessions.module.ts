import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';

import { AccessGuard } from '../../platform/http/access/access.guard.js';
import { StepUp } from '../../platform/http/access/step-up.js';
import { BrowserCookies } from '../../platform/http/browser/browser-cookies.js';
import { CsrfTokens } from '../../platform/http/browser/csrf.js';
import { RateLimiter } from '../../platform/http/limits/rate-limiter.js';
import { ApiKeyAuthenticationModule } from '../api-keys/authentication/api-key-authentication.module.js';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { FactorChecksModule } from '../factors/factors.module.js';
import { AccessTokens } from './tokens/access-tokens.js';
import { Authenticator } from './authentication/authenticator.js';
import { DeviceTokens } from './tokens/device-tokens.js';
import { JwksController } from './tokens/jwks.controller.js';
import { RefreshToken } from './tokens/refresh-token.entity.js';
import { RefreshTokens } from './tokens/refresh-tokens.js';
import { SecretFingerprints } from './tokens/secret-fingerprints.js';
import { CurrentSessionController } from './authentication/current-session.controller.js';
import { SessionCookies } from './authentication/session-cookies.js';
import { SessionUse } from './authentication/session-use.js';
import { SessionStates } from './authentication/session-states.js';
import { Session } from './live-sessions/session.entity.js';
import { SessionsController } from './live-sessions/sessions.controller.js';
import { SessionsService } from './live-sessions/sessions.service.js';
import { FactorStep } from './sign-in/factor-step.js';
import { LoginToken } from './sign-in/login-token.entity.js';
import { LoginTokens } from './sign-in/login-tokens.js';
import { PasskeySignInController } from './passkeys/passkey-sign-in.controller.js';
import { PasskeySignIn } from './passkeys/passkey-sign-in.js';
import { NewDevices } from './sign-in/new-devices.js';
import { ProvenAccounts } from './sign-in/proven-accounts.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { SignInMetrics } from './sign-in/sign-in-metrics.js';
import { SignInService } from './sign-in/sign-in.service.js';
import { StepUpController } from './step-up/step-up.controller.js';
import { StepUpService } from './step-up/step-up.service.js';
import { UserSessionsController } from './live-sessions/user-sessions.controller.js';

/** Authentication and sessions of callers. */
@Module({
  imports: [
    ApiKeyAuthenticationModule,
    CredentialsModule,
    FactorChecksModule,
    TypeOrmModule.forFeature([Session, RefreshToken, LoginToken]),
  ],
  controllers: [
    SignInController,
    PasskeySignInController,
    SessionsController,
    CurrentSessionController,
    UserSessionsController,
    JwksController,
    StepUpController,
  ],
  providers: [
    AccessTokens,
    DeviceTokens,
    RefreshTokens,
    SessionStates,
    SessionUse,
    SessionCookies,
    BrowserCookies,
    CsrfTokens,
    SecretFingerprints,
    NewDevices,
    LoginTokens,
    FactorStep,
    ProvenAccounts,
    SignInMetrics,
    SignInService,
    PasskeySignIn,
    SessionsService,
    StepUpService,
    Authenticator,
    RateLimiter,
    StepUp,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [
    SignInService,
    FactorStep,
    PasskeySignIn,
    SessionsService,
    StepUpService,
    SessionCookies,
    BrowserCookies,
    CsrfTokens,
  ],
})
export class SessionsModule {}
