import { Module } from '@nestjs/common';

import { DataCipher } from './data-cipher.js';
import { StoredSecrets } from './stored-secrets.js';

/** Encryption of secrets that have to be read back. */
@Module({ providers: [DataCipher, StoredSecrets], exports: [DataCipher, StoredSecrets] })
export class DataKeyModule {}
