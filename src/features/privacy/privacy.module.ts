import { Module } from '@nestjs/common';

import { UsersModule } from '../users/users.module.js';
import { RetentionMetrics } from './retention-metrics.js';
import { Retention } from './retention.js';
import { PersonalDataController } from './personal-data.controller.js';
import { PersonalDataExport } from './personal-data-export.js';

/** How long data is kept. */
@Module({ providers: [Retention, RetentionMetrics], exports: [Retention] })
export class PrivacyModule {}

/** All that is held on a user, over HTTP. */
@Module({
  imports: [UsersModule],
  controllers: [PersonalDataController],
  providers: [PersonalDataExport],
})
export class PrivacyHttpModule {}
