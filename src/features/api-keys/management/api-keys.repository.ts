import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { ArrayContainedBy, In, LessThan, Raw, Repository } from 'typeorm';

import { Database } from '../../../platform/database/database.js';
import { ApiKey } from './api-key.entity.js';
import { ApiKeySecret } from './api-key-secret.entity.js';

/** Ends the texts of a key, unless they end earlier. */
const END_SECRETS = `
  UPDATE public.api_key_secrets
     SET valid_until = least(valid_until, now() + make_interval(secs => $2))
   WHERE key_id = $1`;
const DELETE_ENDED =
  'DELETE FROM public.api_key_secrets WHERE key_id = $1 AND valid_until <= now()';

/** Stored API keys. All but `page` need a transaction. */
@Injectable()
export class ApiKeysRepository {
  constructor(
    private readonly database: Database,
    @InjectRepository(ApiKey) private readonly rows: Repository<ApiKey>,
  ) {}

  /**
   * Newest first, after the given id.
   * @param scopes of which a key may have no others; all keys by default. @param limit most rows.
   */
  async page(
    scopes: readonly string[] | undefined,
    after: string | undefined,
    limit: number,
  ): Promise<ApiKey[]> {
    const where = {
      ...(scopes && { scopes: ArrayContainedBy([...scopes]) }),
      ...(after !== undefined && { id: LessThan(after) }),
    };
    return this.database.read(() => this.rows.find({ where, order: { id: 'DESC' }, take: limit }));
  }

  /** A key that has not expired, by the clock of the database. */
  async findLive(id: string): Promise<ApiKey | null> {
    const expires_at = Raw((column) => `(${column} IS NULL OR ${column} > now())`);
    return this.database.current.findOneBy(ApiKey, { id, expires_at });
  }

  /** Keys, locked in the order of their ids until the transaction ends. */
  async lock(ids: readonly string[]): Promise<ApiKey[]> {
    return this.database.current.find(ApiKey, {
      where: { id: In(ids) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  async insert(key: ApiKey, digest: Buffer): Promise<void> {
    await this.database.current.insert(ApiKey, key);
    await this.addSecret(key.id, digest);
  }

  async update(id: string, changes: Partial<Pick<ApiKey, 'name' | 'scopes'>>): Promise<void> {
    await this.database.current.update(ApiKey, { id }, changes);
  }

  /** Replaces the current text of a key; the texts before it are valid for some seconds more. */
  async replaceSecret(id: string, digest: Buffer, graceSeconds: number): Promise<void> {
    await this.database.current.query(END_SECRETS, [id, graceSeconds]);
    await this.database.current.query(DELETE_ENDED, [id]);
    await this.addSecret(id, digest);
  }

  async delete(id: string): Promise<void> {
    await this.database.current.delete(ApiKey, { id });
  }

  private async addSecret(keyId: string, digest: Buffer): Promise<void> {
    await this.database.current.insert(ApiKeySecret, {
      digest,
      key_id: keyId,
      valid_until: null,
    });
  }
}
