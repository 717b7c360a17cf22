import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';

import { UsersModule } from '../users/users.module.js';
import { KeyHoldersModule } from './authentication/api-key-authentication.module.js';
import { ApiKeySecret } from './management/api-key-secret.entity.js';
import { ApiKey } from './management/api-key.entity.js';
import { apiKeysController } from './management/api-keys.controller.js';
import { ApiKeysRepository } from './management/api-keys.repository.js';
import { ApiKeys } from './management/api-keys.service.js';
import { SuperuserAccountsGuard } from './superuser-accounts.guard.js';

/** Creating and changing API keys. */
@Module({
  imports: [KeyHoldersModule, TypeOrmModule.forFeature([ApiKey, ApiKeySecret])],
  providers: [ApiKeysRepository, ApiKeys],
  exports: [ApiKeys],
})
export class ApiKeysModule {}

/** The same over HTTP, and what keys may not do. */
@Module({
  imports: [ApiKeysModule, UsersModule],
  providers: [{ provide: APP_GUARD, useClass: SuperuserAccountsGuard }],
})
export class ApiKeysHttpModule {
  /** @param scopes of all features, for the API description. */
  static forRoot(scopes: readonly string[]): DynamicModule {
    return { module: ApiKeysHttpModule, controllers: [apiKeysController(scopes)] };
  }
}
