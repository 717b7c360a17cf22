import { Module } from '@nestjs/common';

import { UsersModule } from '../users/users.module.js';
import { RetentionMetrics } from './retention-metrics.js';
import { Retention } from './retention.js';
import { UserDataController } from './user-data.controller.js';
import { UserData } from './user-data.js';

/** How long data is kept. */
@Module({ providers: [Retention, RetentionMetrics], exports: [Retention] })
export class PrivacyModule {}

/** All that is held on a user, over HTTP. */
@Module({
  imports: [UsersModule],
  controllers: [UserDataController],
  providers: [UserData],
})
export class PrivacyHttpModule {}
