import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { AccountMailHandler, AccountMailQueue } from './account-mail.js';
import { AccountRecovery } from './account-recovery.js';
import { AccountStore } from './account-store.js';
import { AuditController } from './audit.controller.js';
import { AuditList } from './audit-list.js';
import { AuditLog } from './audit-log.js';
import { UserExport } from './bulk/user-export.js';
import { UserImport } from './bulk/user-import.js';
import { Lockout } from './lockout.js';
import { MailHandler } from './mail.handler.js';
import { MailedTokens } from './mailed-tokens.js';
import { PasswordCheck } from './password-check.js';
import { PasswordRules } from './password-rules.js';
import { QuietSignUp } from './quiet-sign-up.js';
import { Retention } from './retention.js';
import { RetentionMetrics } from './retention-metrics.js';
import { SignUp } from './sign-up.js';
import { Superusers } from './superusers.js';
import { TierChangeHandler } from './tiers/tier-change.handler.js';
import { TierChangeLedger } from './tiers/tier-change-ledger.js';
import { TierChangeMetrics } from './tiers/tier-change-metrics.js';
import { TierChanges } from './tiers/tier-changes.js';
import { TierController } from './tiers/tier.controller.js';
import { User } from './user.entity.js';
import { UserData } from './user-data.js';
import { UserDataController } from './user-data.controller.js';
import { UserList } from './user-list.js';
import { UserTelemetry } from './user-telemetry.js';
import { UserSessions } from './user-sessions.js';
import { UserStatistics } from './user-statistics.js';
import { UserUpdates } from './user-updates.js';
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
