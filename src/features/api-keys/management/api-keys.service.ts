import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';

import { AuditLog } from '../../../platform/audit/audit-log.js';
import {
  EVERY_SCOPE,
  idOf,
  includesScopes,
  type Principal,
  type Service,
} from '../../../platform/common/request/principal.js';
import { Database } from '../../../platform/database/database.js';
import type { Action } from '../../../platform/declarations/access.js';
import { Forbidden, Unauthenticated } from '../../../platform/problems/problem.js';
import { KeyHolders } from '../authentication/key-holders.js';
import { keyDigest, newKeyText } from '../key-text.js';
import type { ApiKey } from './api-key.entity.js';
import { ApiKeyNotFound } from './api-key.errors.js';
import { ApiKeysRepository } from './api-keys.repository.js';

const DAY_MS = 86_400_000;
/** What people and commands hold: they may grant everything that a service may do. */
const EVERYTHING: ReadonlySet<string> = new Set([EVERY_SCOPE]);
/** The action of all that is done here. */
const ADMINISTER: Action = 'admin:api-keys';

/** What a new key is to be. */
export interface NewKey {
  readonly name: string;
  readonly scopes: readonly string[];
  /** Never expires by default. */
  readonly expires_in_days?: number | undefined;
}

/** A key with its text, which is not stored. */
export interface IssuedKey {
  readonly key: ApiKey;
  readonly text: string;
}

/**
 * The API keys that are made at run time. The access guard has checked the caller before; here a caller that is a key
 * itself is limited to keys whose scopes it holds.
 */
@Injectable()
export class ApiKeys {
  constructor(
    private readonly database: Database,
    private readonly keys: ApiKeysRepository,
    private readonly holders: KeyHolders,
    private readonly audit: AuditLog,
  ) {}

  /** The keys whose scopes the caller holds, newest first, after the given id. */
  async page(by: Principal, after: string | undefined, limit: number): Promise<ApiKey[]> {
    const held = by.kind === 'service' ? by.scopes : EVERYTHING;
    return this.keys.page(held.has(EVERY_SCOPE) ? undefined : [...held], after, limit);
  }

  /** Who holds a key, with what it grants now; undefined once it has expired or was revoked. Within a transaction. */
  async holder(keyId: string): Promise<Service | undefined> {
    const key = await this.keys.findLive(keyId);
    return key === null ? undefined : { kind: 'service', keyId, scopes: new Set(key.scopes) };
  }

  /** @throws Forbidden for scopes that the caller does not hold; Unauthenticated */
  async create({ name, scopes, expires_in_days: days }: NewKey, by: Principal): Promise<IssuedKey> {
    const id = uuidv7();
    const text = newKeyText(id);
    const now = new Date();
    const key: ApiKey = {
      id,
      name,
      scopes: [...scopes],
      created_at: now,
      expires_at: days === undefined ? null : new Date(now.getTime() + days * DAY_MS),
      last_used_at: null,
      created_by: idOf(by) ?? null,
    };
    await this.database.transaction(async () => {
      requireScopes(heldBy(by, await this.lock(by)), scopes);
      await this.keys.insert(key, keyDigest(text));
      const details = { name, scopes: key.scopes };
      await this.database.commit(
        this.audit.insertion({ action: 'api-key.created', targetId: id, details }),
      );
    });
    return { key, text };
  }

  /** Changes a key. @throws ApiKeyNotFound, Forbidden, Unauthenticated */
  async update(
    id: string,
    { name, scopes }: Partial<Pick<NewKey, 'name' | 'scopes'>>,
    by: Principal,
  ): Promise<ApiKey> {
    const changes = { ...(name !== undefined && { name }), ...(scopes && { scopes: [...scopes] }) };
    return this.change(id, by, scopes, async (key) => {
      await this.keys.update(id, changes);
      const details = { fields: Object.keys(changes), ...changes };
      await this.database.commit(
        this.audit.insertion({ action: 'api-key.updated', targetId: id, details }),
      );
      return { ...key, ...changes };
    });
  }

  /**
   * Gives a key a new text. Earlier ones are valid for `graceSeconds` more, so that of several rotations at once each
   * gives a key that works. @throws ApiKeyNotFound, Forbidden, Unauthenticated
   */
  async rotate(id: string, graceSeconds: number, by: Principal): Promise<IssuedKey> {
    const text = newKeyText(id);
    const key = await this.change(id, by, [], async (found) => {
      await this.keys.replaceSecret(id, keyDigest(text), graceSeconds);
      const details = { grace_seconds: graceSeconds };
      await this.database.commit(
        this.audit.insertion({ action: 'api-key.rotated', targetId: id, details }),
      );
      return found;
    });
    return { key, text };
  }

  /** Deletes a key: it is refused at once here, and within 5 s on all replicas. @throws as `rotate` */
  async revoke(id: string, by: Principal): Promise<void> {
    await this.change(id, by, [], async ({ name, scopes }) => {
      await this.keys.delete(id);
      const details = { name, scopes };
      await this.database.commit(
        this.audit.insertion({ action: 'api-key.revoked', targetId: id, details }),
      );
    });
  }

  /** Runs a change of a locked key in a transaction. @param added scopes that the key gets. */
  private async change<Result>(
    id: string,
    by: Principal,
    added: readonly string[] = [],
    work: (key: ApiKey) => Promise<Result>,
  ): Promise<Result> {
    const result = await this.database.transaction(async () => {
      const locked = await this.lock(by, id);
      const held = heldBy(by, locked);
      const key = locked.find((row) => row.id === id);
      if (key === undefined) throw new ApiKeyNotFound();
      requireScopes(held, [...key.scopes, ...added]);
      return work(key);
    });
    this.holders.forget(id);
    return result;
  }

  /** Locks the key of the caller, if it is one, and the one to change. */
  private async lock(by: Principal, id?: string): Promise<ApiKey[]> {
    const own = by.kind === 'service' ? by.keyId : undefined;
    return this.keys.lock([own, id].filter((each) => each !== undefined));
  }
}

/**
 * The scopes that a caller holds now. Those of a key are read again, since the cached ones may be some seconds old: a
 * key that was just revoked must not leave another one behind. @throws Unauthenticated
 */
function heldBy(by: Principal, locked: readonly ApiKey[]): ReadonlySet<string> {
  if (by.kind !== 'service') return EVERYTHING;
  if (by.keyId === undefined) return by.scopes;
  const own = locked.find(({ id }) => id === by.keyId);
  if (own === undefined) throw new Unauthenticated();
  return new Set(own.scopes);
}

/** @throws Forbidden */
function requireScopes(held: ReadonlySet<string>, scopes: readonly string[]): void {
  if (!includesScopes(held, [ADMINISTER, ...scopes])) throw new Forbidden();
}
