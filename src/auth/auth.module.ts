import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';

import { AccessGuard } from './access.guard.js';
import { ApiKeys } from './api-keys.js';
import { Authenticator } from './authenticator.js';

/** Who callers are and what they may do. */
@Module({ providers: [ApiKeys, Authenticator, { provide: APP_GUARD, useClass: AccessGuard }] })
export class AuthModule {}
