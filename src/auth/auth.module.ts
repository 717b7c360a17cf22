import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';

import { AccessGuard } from './access.guard.js';
import { ApiKeys } from './api-keys.js';
import { Authenticator } from './authenticator.js';
import { RateLimiter } from './rate-limiter.js';

/** Who callers are and what they may do. */
@Module({
  providers: [ApiKeys, Authenticator, RateLimiter, { provide: APP_GUARD, useClass: AccessGuard }],
})
export class AuthModule {}
