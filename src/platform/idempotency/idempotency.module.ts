import { Global, Module } from '@nestjs/common';

import { IdempotencyKeys } from './idempotency-keys.js';
import { KeySettlement } from './key-settlement.js';

/** Requests that are done once however often they are sent. */
@Global()
@Module({
  providers: [IdempotencyKeys, KeySettlement],
  exports: [IdempotencyKeys, KeySettlement],
})
export class IdempotencyModule {}
