import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { IdempotencyKey } from './idempotency-key.entity.js';
import { IdempotencyKeys } from './idempotency-keys.js';
import { KeySettlement } from './key-settlement.js';

/** Idempotent requests. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([IdempotencyKey])],
  providers: [IdempotencyKeys, KeySettlement],
  exports: [IdempotencyKeys, KeySettlement],
})
export class IdempotencyModule {}
