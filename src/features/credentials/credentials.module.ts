import { Module } from '@nestjs/common';

import { UsersModule } from '../users/users.module.js';
import { Lockout } from './lockout/lockout.js';
import { MailedTokens } from './mailed-tokens/mailed-tokens.js';
import { PasswordCheck } from './passwords/password-check.js';
import { PasswordHasher } from './passwords/password-hasher.js';
import { PasswordRules } from './passwords/password-rules.js';
import { MailHandler } from './mailed-tokens/token-mail.handler.js';

/** Hashes, and the rules that new passwords obey. */
@Module({ providers: [PasswordHasher, PasswordRules], exports: [PasswordHasher, PasswordRules] })
export class PasswordsModule {}

/** Tokens that are mailed, and the mails that hold them. */
@Module({
  imports: [UsersModule],
  providers: [MailedTokens, MailHandler],
  exports: [MailedTokens],
})
export class MailedTokensModule {}

/** How users prove who they are, for the process that asks them. */
@Module({
  imports: [UsersModule, PasswordsModule, MailedTokensModule],
  providers: [Lockout, PasswordCheck],
  exports: [UsersModule, PasswordsModule, MailedTokensModule, Lockout, PasswordCheck],
})
export class CredentialsModule {}
