import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { UsersModule } from '../users/users.module.js';
import { BreachCheck } from './breaches/breach-check.js';
import { BreachWarnings } from './breaches/breach-warnings.js';
import { BreachedPassword } from './breaches/breached-password.entity.js';
import { KnownSource } from './lockout/known-source.entity.js';
import { KnownSources } from './lockout/known-sources.js';
import { Lockout } from './lockout/lockout.js';
import { SignInFailure } from './lockout/sign-in-failure.entity.js';
import { MailedToken } from './mailed-tokens/mailed-token.entity.js';
import { MailedTokens } from './mailed-tokens/mailed-tokens.js';
import { TokenMaker } from './mailed-tokens/token-maker.js';
import { OwnPassword } from './passwords/own-password.js';
import { PasswordCheck } from './passwords/password-check.js';
import { PasswordHasher } from './passwords/password-hasher.js';
import { PasswordRules } from './passwords/password-rules.js';
import { MailHandler } from './mailed-tokens/token-mail.handler.js';

/** Password hashes, and the rules for new passwords. */
@Module({
  providers: [PasswordHasher, PasswordRules, BreachCheck],
  exports: [PasswordHasher, PasswordRules, BreachCheck],
})
export class PasswordsModule {}

/** Mailed tokens, and their mails. */
@Module({
  imports: [UsersModule, TypeOrmModule.forFeature([MailedToken])],
  providers: [TokenMaker, MailedTokens, MailHandler],
  exports: [TokenMaker, MailedTokens],
})
export class MailedTokensModule {}

/** Credential checks of users, for the API. */
@Module({
  imports: [
    UsersModule,
    PasswordsModule,
    MailedTokensModule,
    TypeOrmModule.forFeature([SignInFailure, KnownSource, BreachedPassword]),
  ],
  providers: [KnownSources, Lockout, PasswordCheck, OwnPassword, BreachWarnings],
  exports: [
    UsersModule,
    PasswordsModule,
    MailedTokensModule,
    KnownSources,
    Lockout,
    PasswordCheck,
    OwnPassword,
    BreachWarnings,
  ],
})
export class CredentialsModule {}
