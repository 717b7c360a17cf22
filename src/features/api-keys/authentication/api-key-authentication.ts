import { Injectable } from '@nestjs/common';
import { metrics } from '@opentelemetry/api';

import type { Service } from '../../../platform/common/request/principal.js';
import { Unauthenticated } from '../../../platform/problems/problem.js';
import { isKeyText, keyDigest } from '../key-text.js';
import { ConfiguredKeys } from './configured-keys.js';
import { KeyHolders } from './key-holders.js';

/** `malformed` has another form or a wrong checksum; `unknown` is also a revoked or expired key. */
const refusals = ['malformed', 'unknown'] as const;

/** The API key of a request. */
export interface PresentedKey {
  readonly text: string;
  /** Its SHA-256 in base64. */
  readonly digest: string;
  /** Whether it was valid a short time ago. */
  readonly known: boolean;
  /** Its holder, where no look-up is needed. */
  readonly holder: Service | undefined;
}

/** Finds out who holds the API key of a request. */
@Injectable()
export class ApiKeyAuthentication {
  private readonly refused = metrics.getMeter('auth').createCounter('api_keys_refused_total', {
    description: 'Refused API keys, by reason.',
    unit: '{key}',
  });

  constructor(
    private readonly configured: ConfiguredKeys,
    private readonly holders: KeyHolders,
  ) {
    // Starts at zero, so that alerts see the first increase.
    for (const reason of refusals) this.refused.add(0, { reason });
  }

  /** What this process knows of a key, without a look-up. @param text as Node reads headers. */
  present(text: string): PresentedKey {
    const bytes = keyDigest(text);
    const digest = bytes.toString('base64');
    const configured = this.configured.holderOf(bytes);
    if (configured) return { text, digest, known: true, holder: configured };
    const stored = this.holders.recall(digest);
    const fresh = stored !== undefined && stored.until > performance.now();
    return {
      text,
      digest,
      known: stored !== undefined,
      holder: fresh ? stored.service : undefined,
    };
  }

  /**
   * The holder of a key. A text that is no key is refused without a look-up.
   * @throws Unauthenticated, DependencyUnavailable
   */
  async holderOf({ text, digest, holder }: PresentedKey): Promise<Service> {
    if (holder) return holder;
    if (!isKeyText(text)) return this.refuse('malformed');
    return (await this.holders.find(digest)) ?? this.refuse('unknown');
  }

  private refuse(reason: (typeof refusals)[number]): never {
    this.refused.add(1, { reason });
    throw new Unauthenticated();
  }
}
