import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { UsersModule } from '../users/users.module.js';
import { TierChangeLedger } from './tier-change-ledger.js';
import { TierChangeMetrics } from './tier-change-metrics.js';
import { TierChange } from './tier-change.entity.js';
import { TierChangeHandler } from './tier-change.handler.js';
import { TierChanges } from './tier-changes.js';
import { TierController } from './tier.controller.js';

/** Paid tiers, and the jobs that complete each change. */
@Module({
  imports: [UsersModule, TypeOrmModule.forFeature([TierChange])],
  providers: [TierChangeLedger, TierChangeHandler, TierChangeMetrics],
  exports: [TierChangeLedger],
})
export class TiersModule {}

/** Tier changes over HTTP. */
@Module({
  imports: [UsersModule, TiersModule],
  controllers: [TierController],
  providers: [TierChanges],
})
export class TiersHttpModule {}
