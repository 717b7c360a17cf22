import { Injectable } from '@nestjs/common';

import { evictOldest } from '../../../platform/common/evict-oldest.js';
import type { Service } from '../../../platform/common/request/principal.js';
import { Database } from '../../../platform/database/database.js';
import { RowLoader } from '../../../platform/database/statements/row-loader.js';
import { KeyUse } from './key-use.js';

/**
 * How long a holder is cached, in milliseconds. Changes by another replica take effect within this time; with one
 * slow look-up it stays below the promised 5 s.
 */
const TTL_MS = 3000;
const SIZE = 10_000;

/**
 * Live keys by their digests. `fresh_ms` is how long the answer may be cached: at most until the key or its secret
 * expires, or the minute ends, so that each minute with use has a look-up that records it.
 */
const BY_DIGEST = `
  SELECT encode(s.digest, 'base64') AS digest, k.id, k.scopes,
         k.last_used_at IS DISTINCT FROM date_trunc('minute', now()) AS unrecorded,
         floor(1000 * extract(epoch FROM least(k.expires_at, s.valid_until,
           date_trunc('minute', now()) + interval '1 minute',
           now() + interval '${TTL_MS} milliseconds') - now()))::int AS fresh_ms
    FROM public.api_key_secrets s JOIN public.api_keys k ON k.id = s.key_id
   WHERE s.digest = ANY($1::bytea[])
     AND (k.expires_at IS NULL OR k.expires_at > now())
     AND (s.valid_until IS NULL OR s.valid_until > now())`;

interface Row {
  readonly digest: string;
  readonly id: string;
  readonly scopes: readonly string[];
  readonly unrecorded: boolean;
  readonly fresh_ms: number;
}

/** A key that was valid when it was looked up. */
export interface KnownHolder {
  readonly service: Service & { readonly keyId: string };
  /** When it has to be looked up again, in milliseconds of `performance.now()`. */
  readonly until: number;
}

/** The holders of stored keys, cached briefly. A change by this process takes effect at once. */
@Injectable()
export class KeyHolders {
  /** By digest. Only valid keys get in: guesses do not fill it. */
  private readonly known = new Map<string, KnownHolder>();
  private readonly rows: RowLoader<Row>;

  constructor(
    database: Database,
    private readonly use: KeyUse,
  ) {
    this.rows = new RowLoader(async (digests) => {
      const values = [digests.map((digest) => Buffer.from(digest, 'base64'))];
      const rows = await database.readPrepared<Row>(BY_DIGEST, values);
      return new Map(rows.map((row) => [row.digest, row]));
    });
  }

  /** What is known of a key without a look-up, however old. @param digest in base64. */
  recall(digest: string): KnownHolder | undefined {
    return this.known.get(digest);
  }

  /** Looks a key up. @param digest in base64. @throws DependencyUnavailable */
  async find(digest: string): Promise<Service | undefined> {
    const now = performance.now();
    const row = await this.rows.load(digest);
    this.known.delete(digest);
    if (row === undefined) return undefined;
    if (row.unrecorded) this.use.record(row.id);
    const service = { kind: 'service', keyId: row.id, scopes: new Set(row.scopes) } as const;
    this.known.set(digest, { service, until: now + row.fresh_ms });
    evictOldest(this.known, SIZE, () => false);
    return service;
  }

  /** Call it after a change of the key is committed. */
  forget(keyId: string): void {
    for (const [digest, { service }] of this.known)
      if (service.keyId === keyId) this.known.delete(digest);
  }
}
