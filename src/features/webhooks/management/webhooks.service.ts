import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { v7 as uuidv7 } from 'uuid';

import { appConfig } from '../../../platform/app/app.config.js';
import { AuditLog } from '../../../platform/audit/audit-log.js';
import {
  idOf,
  includesScopes,
  type Principal,
} from '../../../platform/common/request/principal.js';
import { Database } from '../../../platform/database/database.js';
import type { Action } from '../../../platform/declarations/access.js';
import { eventsConfig } from '../../../platform/events/events.config.js';
import { EventStore } from '../../../platform/events/outbox/event-store.js';
import { Forbidden } from '../../../platform/problems/problem.js';
import { newSecret, secretText } from '../signatures.js';
import { WEBHOOKS } from '../webhook-destination-name.js';
import { webhooksConfig } from '../webhooks.config.js';
import { type UrlRules, webhookUrl } from './webhook-url.js';
import { WebhookNotFound } from './webhook.errors.js';
import type { Webhook } from './webhook.entity.js';
import { type WebhookChanges, WebhooksRepository } from './webhooks.repository.js';
import type { CreateWebhookRequest, UpdateWebhookRequest } from './webhooks.schemas.js';

/** What a receiver learns where events hold the user. */
const PROFILE: readonly Action[] = ['users:read', 'users:list'];

/** A webhook with its new secret, which is shown this once. */
export interface NewSecret {
  readonly webhook: Webhook;
  readonly secret: string;
}

/** The administration of webhooks. The access guard has checked the caller before. */
@Injectable()
export class Webhooks {
  private rules: Promise<UrlRules> | undefined;

  constructor(
    private readonly database: Database,
    private readonly webhooks: WebhooksRepository,
    private readonly events: EventStore,
    private readonly audit: AuditLog,
    @Inject(eventsConfig.KEY) private readonly eventSettings: ConfigType<typeof eventsConfig>,
    @Inject(webhooksConfig.KEY) private readonly config: ConfigType<typeof webhooksConfig>,
    @Inject(appConfig.KEY) private readonly app: ConfigType<typeof appConfig>,
  ) {}

  /** Newest first, after the given id. @param limit most rows. */
  async page(after: string | undefined, limit: number): Promise<Webhook[]> {
    return this.webhooks.page(after, limit);
  }

  /** @throws WebhookNotFound */
  async find(id: string): Promise<Webhook> {
    const webhook = await this.webhooks.find(id);
    if (webhook === null) throw new WebhookNotFound();
    return webhook;
  }

  /**
   * From its commit on, events are stored for it.
   * @throws Forbidden; RequestInvalid for a URL that breaks a rule.
   */
  async create(
    { url, types, description = null }: CreateWebhookRequest,
    by: Principal,
  ): Promise<NewSecret> {
    this.requireRights(by);
    const secret = newSecret();
    const now = new Date();
    const webhook: Webhook = {
      id: uuidv7(),
      url: await this.checked(url),
      types,
      description,
      status: 'active',
      created_at: now,
      updated_at: now,
      tried_since: now,
      created_by: idOf(by) ?? null,
    };
    await this.database.transaction(async () => {
      await this.webhooks.lockList();
      await this.webhooks.insert(webhook, secret);
      await this.database.commit(
        this.events.listing(WEBHOOKS),
        this.audit.insertion({
          action: 'webhook.created',
          details: { webhook: webhook.id, types },
        }),
      );
    });
    return { webhook, secret: secretText(secret) };
  }

  /**
   * Changes a webhook. Another URL and an end of the pause give waiting deliveries a new start.
   * @throws Forbidden, WebhookNotFound, RequestInvalid
   */
  async update(
    id: string,
    { url, ...others }: UpdateWebhookRequest,
    by: Principal,
  ): Promise<Webhook> {
    this.requireRights(by);
    const given = { ...others, ...(url !== undefined && { url: await this.checked(url) }) };
    const changes = Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined),
    ) as WebhookChanges;
    return this.change(id, async (webhook) => {
      const now = new Date();
      const restarts =
        (changes.url !== undefined && changes.url !== webhook.url) ||
        (changes.status === 'active' && webhook.status === 'paused');
      const stored = { ...changes, updated_at: now, ...(restarts && { tried_since: now }) };
      await this.webhooks.update(id, stored);
      if (restarts) await this.webhooks.hasten(id);
      await this.database.commit(
        this.audit.insertion({
          action: 'webhook.updated',
          details: {
            webhook: id,
            fields: Object.keys(changes),
            ...(changes.status && { status: changes.status }),
          },
        }),
      );
      return { ...webhook, ...stored };
    });
  }

  /** Gives a webhook a new secret. Earlier ones sign as well for `graceSeconds`. @throws WebhookNotFound */
  async rotateSecret(id: string, graceSeconds: number): Promise<NewSecret> {
    const secret = newSecret();
    const webhook = await this.change(id, async (found) => {
      await this.webhooks.replaceSecret(id, secret, graceSeconds);
      await this.database.commit(
        this.audit.insertion({
          action: 'webhook.secret-rotated',
          details: { webhook: id, grace_seconds: graceSeconds },
        }),
      );
      return found;
    });
    return { webhook, secret: secretText(secret) };
  }

  /** Without the last webhook no more events are stored for any. @throws WebhookNotFound */
  async delete(id: string): Promise<void> {
    await this.database.transaction(async () => {
      await this.webhooks.lockList();
      if (!(await this.webhooks.delete(id))) throw new WebhookNotFound();
      const isLast = !(await this.webhooks.anyLeft());
      await this.database.commit(
        ...(isLast ? [this.events.delisting(WEBHOOKS)] : []),
        this.audit.insertion({ action: 'webhook.deleted', details: { webhook: id } }),
      );
    });
  }

  /** With profiles, a webhook shows users: a key makes none without the right to see them. @throws Forbidden */
  private requireRights(by: Principal): void {
    if (this.eventSettings.data !== 'profile' || by.kind !== 'service') return;
    if (!includesScopes(by.scopes, PROFILE)) throw new Forbidden();
  }

  /** Runs a change of a locked webhook in a transaction. */
  private async change<Result>(
    id: string,
    work: (webhook: Webhook) => Promise<Result>,
  ): Promise<Result> {
    return this.database.transaction(async () => {
      const webhook = await this.webhooks.lock(id);
      if (webhook === null) throw new WebhookNotFound();
      return work(webhook);
    });
  }

  private async checked(url: string): Promise<string> {
    const rules = await (this.rules ??= this.loadRules());
    return webhookUrl(url, rules);
  }

  /** Most processes never check a URL: they do without the package for addresses. */
  private async loadRules(): Promise<UrlRules> {
    const { AddressRules } = await import('../../../platform/outbound/address-rules.js');
    const rules = new AddressRules(this.config.allowedNetworks);
    const secureOnly = !['development', 'test'].includes(this.app.environment);
    return { secureOnly, permits: (address) => rules.permits(address) };
  }
}
