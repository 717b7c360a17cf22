import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { AccountMailHandler, AccountMailQueue } from '../recovery/account-mail.js';
import { AccountRecovery } from '../recovery/account-recovery.js';
import { AccountStore } from '../sign-up/account-store.js';
import { AuditController } from '../../platform/audit/audit.controller.js';
import { AuditList } from '../../platform/audit/audit-list.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { UserExport } from '../bulk/user-export.js';
import { UserImport } from '../bulk/user-import.js';
import { Lockout } from '../credentials/lockout.js';
import { MailHandler } from '../credentials/token-mail.handler.js';
import { MailedTokens } from '../credentials/mailed-tokens.js';
import { PasswordCheck } from '../credentials/password-check.js';
import { PasswordRules } from '../credentials/password-rules.js';
import { QuietSignUp } from '../sign-up/enumeration-safe-sign-up.js';
import { Retention } from '../privacy/retention.js';
import { RetentionMetrics } from '../privacy/retention-metrics.js';
import { SignUp } from '../sign-up/sign-up.js';
import { Superusers } from '../administration/superusers.js';
import { TierChangeHandler } from '../tiers/tier-change.handler.js';
import { TierChangeLedger } from '../tiers/tier-change-ledger.js';
import { TierChangeMetrics } from '../tiers/tier-change-metrics.js';
import { TierChanges } from '../tiers/tier-changes.js';
import { TierController } from '../tiers/tier.controller.js';
import { User } from './user.entity.js';
import { UserData } from '../privacy/user-data.js';
import { UserDataController } from '../privacy/user-data.controller.js';
import { UserList } from './user-list.js';
import { UserTelemetry } from '../sign-up/sign-up-telemetry.js';
import { UserSessions } from './user-sessions.js';
import { UserStatistics } from '../administration/user-statistics.js';
import { UserUpdates } from '../profile/user-updates.js';
import { UsersController } from './users.controller.js';
import { UsersRepository } from './users.repository.js';
import { UsersService } from './users.service.js';

/** Users in the database, and the record of what is done to them. */
@Module({
  imports: [TypeOrmModule.forFeature([User])],
  providers: [UsersRepository, AuditLog, PasswordRules],
  exports: [UsersRepository, AuditLog, PasswordRules],
})
export class UsersStorageModule {}

/** What the processes that serve users or mail them need. */
@Module({
  imports: [UsersStorageModule],
  providers: [
    UsersService,
    UserList,
    UserSessions,
    AccountStore,
    MailedTokens,
    MailHandler,
    AccountMailQueue,
    AccountMailHandler,
    UserTelemetry,
    TierChangeLedger,
    TierChangeHandler,
    TierChangeMetrics,
    RetentionMetrics,
  ],
  exports: [UsersService, UserList, UserSessions, MailedTokens, AccountMailQueue, TierChangeLedger],
})
export class UsersModule {}

/** How users prove who they are, for the process that asks them. */
@Module({
  imports: [UsersStorageModule, UsersModule],
  providers: [Lockout, PasswordCheck, AccountRecovery],
  exports: [UsersStorageModule, UsersModule, Lockout, PasswordCheck, AccountRecovery],
})
export class UsersCredentialsModule {}

/** The HTTP side of users. */
@Module({
  imports: [UsersCredentialsModule],
  controllers: [UsersController, UserDataController, AuditController, TierController],
  providers: [QuietSignUp, SignUp, UserData, UserUpdates, AuditList, TierChanges],
})
export class UsersHttpModule {}

/** What commands do with users. */
@Module({
  imports: [UsersStorageModule],
  providers: [Superusers, Retention, UserStatistics, UserImport, UserExport],
  exports: [Superusers, Retention, UserStatistics, UserImport, UserExport],
})
export class UsersAdminModule {}
