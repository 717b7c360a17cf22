import { createHash, timingSafeEqual } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';

import { accessConfig } from '../../../platform/http/access/access.config.js';

/** The keys of other services, compared in constant time. */
@Injectable()
export class ApiKeys {
  private readonly digests: readonly Buffer[];

  constructor(@Inject(accessConfig.KEY) { apiKeys }: ConfigType<typeof accessConfig>) {
    this.digests = apiKeys.map(digest);
  }

  /** Whether the key is valid. It compares all keys, for constant time. */
  accepts(key: string): boolean {
    // Node reads headers as Latin-1: these are the sent bytes.
    const given = digest(Buffer.from(key, 'latin1'));
    return this.digests.reduce((found, known) => timingSafeEqual(known, given) || found, false);
  }
}

/** Equal lengths for the comparison, whatever is sent. */
function digest(key: string | Buffer): Buffer {
  return createHash('sha256').update(key).digest();
}
