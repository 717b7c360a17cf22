import { createHash, timingSafeEqual } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';

import { EVERY_SCOPE, type Service } from '../../../platform/common/request/principal.js';
import { accessConfig } from '../../../platform/http/access/access.config.js';

const HOLDER: Service = { kind: 'service', scopes: new Set([EVERY_SCOPE]) };

/** The keys of `API_KEY`, compared in constant time. */
@Injectable()
export class ConfiguredKeys {
  private readonly digests: readonly Buffer[];

  constructor(@Inject(accessConfig.KEY) { apiKeys }: ConfigType<typeof accessConfig>) {
    this.digests = apiKeys.map((key) => createHash('sha256').update(key).digest());
  }

  /** The holder of the key with this SHA-256, if it is one of them. It compares all, for constant time. */
  holderOf(given: Buffer): Service | undefined {
    const found = this.digests.reduce((any, known) => timingSafeEqual(known, given) || any, false);
    return found ? HOLDER : undefined;
  }
}
