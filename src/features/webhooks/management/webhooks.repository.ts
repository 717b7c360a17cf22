import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, Repository } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';

import { DataCipher } from '../../../platform/data-key/data-cipher.js';
import { Database } from '../../../platform/database/database.js';
import type { SecretColumn } from '../../../platform/declarations/secret-column.js';
import { WebhookSecret } from './webhook-secret.entity.js';
import { Webhook } from './webhook.entity.js';

/** The encrypted column. */
export const webhookSecretColumn: SecretColumn = {
  table: 'public.webhook_secrets',
  column: 'secret',
};

/** What a change may set. */
export type WebhookChanges = Partial<Pick<Webhook, 'url' | 'types' | 'description' | 'status'>>;

/** Ends the secrets of a webhook, unless they end earlier. */
const END_SECRETS = `
  UPDATE public.webhook_secrets
     SET valid_until = least(valid_until, now() + make_interval(secs => $2))
   WHERE webhook_id = $1`;
const DELETE_ENDED =
  'DELETE FROM public.webhook_secrets WHERE webhook_id = $1 AND valid_until <= now()';
/** What waits for a retry is tried at once; what is being tried is left alone. */
const HASTEN =
  'UPDATE public.webhook_lanes SET due = now() WHERE webhook_id = $1 AND claim IS NULL AND due > now()';

/** Readers go on: who stores events asks whether there are webhooks. */
const LOCK_LIST = 'LOCK TABLE public.event_destinations IN SHARE ROW EXCLUSIVE MODE';

/** Webhooks in the database. All but `page` and `find` need a transaction. */
@Injectable()
export class WebhooksRepository {
  constructor(
    private readonly database: Database,
    private readonly cipher: DataCipher,
    @InjectRepository(Webhook) private readonly rows: Repository<Webhook>,
  ) {}

  /** Newest first, after the given id. @param limit most rows. */
  async page(after: string | undefined, limit: number): Promise<Webhook[]> {
    const where = after === undefined ? {} : { id: LessThan(after) };
    return this.database.read(() => this.rows.find({ where, order: { id: 'DESC' }, take: limit }));
  }

  async find(id: string): Promise<Webhook | null> {
    return this.database.read(() => this.rows.findOneBy({ id }));
  }

  /** A webhook, locked until the transaction ends. */
  async lock(id: string): Promise<Webhook | null> {
    return this.database.current.findOne(Webhook, {
      where: { id },
      lock: { mode: 'pessimistic_write' },
    });
  }

  async insert(webhook: Webhook, secret: Buffer): Promise<void> {
    await this.database.current.insert(Webhook, webhook);
    await this.addSecret(webhook.id, secret);
  }

  async update(id: string, changes: Partial<Webhook>): Promise<void> {
    await this.database.current.update(Webhook, { id }, changes);
  }

  /** What failed is tried again at once. */
  async hasten(id: string): Promise<void> {
    await this.database.current.query(HASTEN, [id]);
  }

  /** Replaces the current secret; those before it sign for some seconds more. */
  async replaceSecret(id: string, secret: Buffer, graceSeconds: number): Promise<void> {
    await this.database.current.query(END_SECRETS, [id, graceSeconds]);
    await this.database.current.query(DELETE_ENDED, [id]);
    await this.addSecret(id, secret);
  }

  /** Its secrets go with it, its deliveries with the clean-up. @returns whether there was one. */
  async delete(id: string): Promise<boolean> {
    const { affected } = await this.database.current.delete(Webhook, { id });
    return affected === 1;
  }

  async anyLeft(): Promise<boolean> {
    return this.database.current.exists(Webhook);
  }

  /** The first webhook is not created while the last one is deleted. */
  async lockList(): Promise<void> {
    await this.database.current.query(LOCK_LIST);
  }

  private async addSecret(webhookId: string, secret: Buffer): Promise<void> {
    const id = uuidv7();
    await this.database.current.insert(WebhookSecret, {
      id,
      webhook_id: webhookId,
      secret: this.cipher.encrypt(webhookSecretColumn, id, secret),
      valid_until: null,
    });
  }
}
