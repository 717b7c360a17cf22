import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import type { PersonalData } from '../../platform/declarations/personal-data.js';
import { EventsModule } from '../../platform/events/events.module.js';
import { UsersModule } from '../users/users.module.js';
import { MaintenanceTask } from './maintenance-task.entity.js';
import { PersonalDataExport } from './personal-data-export.js';
import { RetentionMetrics } from './retention-metrics.js';
import { Retention } from './retention.js';
import { personalDataController } from './personal-data.controller.js';

/** How long data is kept. */
@Module({
  imports: [EventsModule, UsersModule, TypeOrmModule.forFeature([MaintenanceTask])],
  providers: [Retention, RetentionMetrics],
  exports: [Retention],
})
export class PrivacyModule {}

/** All that is held on a user, over HTTP. */
@Module({ imports: [UsersModule], providers: [PersonalDataExport] })
export class PrivacyHttpModule {
  /** @param data the declarations of features: the API description names each part. */
  static forRoot(data: readonly PersonalData[]): DynamicModule {
    return { module: PrivacyHttpModule, controllers: [personalDataController(data)] };
  }
}
