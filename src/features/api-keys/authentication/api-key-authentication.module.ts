import { Module } from '@nestjs/common';

import { ApiKeyAuthentication } from './api-key-authentication.js';
import { ConfiguredKeys } from './configured-keys.js';
import { KeyHolders } from './key-holders.js';
import { KeyUse } from './key-use.js';

/** The holders of stored keys. */
@Module({ providers: [KeyHolders, KeyUse], exports: [KeyHolders] })
export class KeyHoldersModule {}

/** Authentication by API key. */
@Module({
  imports: [KeyHoldersModule],
  providers: [ConfiguredKeys, ApiKeyAuthentication],
  exports: [ApiKeyAuthentication],
})
export class ApiKeyAuthenticationModule {}
