import { Module } from '@nestjs/common';

import { PasswordsModule } from '../credentials/credentials.module.js';
import { UsersModule } from '../users/users.module.js';
import { LogLevelChanges } from './log-level-changes.js';
import { LogLevelController } from './log-level.controller.js';
import { Superusers } from './superusers.js';
import { UserStatistics } from './user-statistics.js';

/** Operator commands for users. */
@Module({
  imports: [UsersModule, PasswordsModule],
  providers: [Superusers, UserStatistics],
  exports: [Superusers, UserStatistics],
})
export class AdministrationModule {}

/** Run-time switches for operators, over HTTP. */
@Module({ controllers: [LogLevelController], providers: [LogLevelChanges] })
export class AdministrationHttpModule {}
