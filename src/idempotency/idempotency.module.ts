import { Global, Module } from '@nestjs/common';

import { IdempotencyKeys } from './idempotency-keys.js';

/** Requests that are done once however often they are sent. */
@Global()
@Module({ providers: [IdempotencyKeys], exports: [IdempotencyKeys] })
export class IdempotencyModule {}
