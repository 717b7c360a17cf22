import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { AuditLog } from './audit-log.js';
import { UserExport } from './bulk/user-export.js';
import { UserImport } from './bulk/user-import.js';
import { MailHandler } from './mail.handler.js';
import { MailedTokens } from './mailed-tokens.js';
import { QuietSignUp } from './quiet-sign-up.js';
import { Retention } from './retention.js';
import { SignUp } from './sign-up.js';
import { Superusers } from './superusers.js';
import { User } from './user.entity.js';
import { UserData } from './user-data.js';
import { UserDataController } from './user-data.controller.js';
import { UserList } from './user-list.js';
import { UserTelemetry } from './user-telemetry.js';
import { UserStatistics } from './user-statistics.js';
import { UsersController } from './users.controller.js';
import { UsersRepository } from './users.repository.js';
import { UsersService } from './users.service.js';

/** Users in the database, and the record of what is done to them. */
@Module({
  imports: [TypeOrmModule.forFeature([User])],
  providers: [UsersRepository, AuditLog],
  exports: [UsersRepository, AuditLog],
})
export class UsersStorageModule {}

/** What the processes that serve users or mail them need. */
@Module({
  imports: [UsersStorageModule],
  providers: [UsersService, UserList, MailedTokens, MailHandler, UserTelemetry],
  exports: [UsersService, UserList, MailedTokens],
})
export class UsersModule {}

/** The HTTP side of users. */
@Module({
  imports: [UsersModule, UsersStorageModule],
  controllers: [UsersController, UserDataController],
  providers: [QuietSignUp, SignUp, UserData],
})
export class UsersHttpModule {}

/** What commands do with users. */
@Module({
  imports: [UsersStorageModule],
  providers: [Superusers, Retention, UserStatistics, UserImport, UserExport],
  exports: [Superusers, Retention, UserStatistics, UserImport, UserExport],
})
export class UsersAdminModule {}
