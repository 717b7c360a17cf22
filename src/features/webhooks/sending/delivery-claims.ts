import { randomUUID } from 'node:crypto';

import type { Database } from '../../../platform/database/database.js';
import { columnsOf } from '../../../platform/database/transactions/write.js';
import {
  EVENT_COLUMNS,
  eventOf,
  joinEvent,
  type JoinedEvent,
  type StoredEvent,
} from '../../../platform/events/outbox/stored-event.js';
import type { Outcome } from './delivery-outcome.js';
import { type ReceiverStart, SLOTS } from './receiver.js';

/** Seconds after which what a killed process had claimed is free again. */
const CLAIM_SECONDS = 6;
/** Most deliveries of a claim: a larger one would hold up those of other webhooks. */
const MOST_CLAIMED = 256;

/** Signatures of a delivery: a header has room for no more than three times as many. */
const MOST_SECRETS = 100;

/** A secret that signs now. */
export interface SigningSecret {
  readonly id: string;
  /** Encrypted, in base64. */
  readonly secret: string;
}

/** How many deliveries may begin. */
export interface Room extends ReceiverStart {
  readonly slots: number;
}

/** What a claim brought. */
export interface Claim {
  readonly deliveries: readonly ClaimedDelivery[];
  /** Whether more may be due: the claim took as many as it may. */
  readonly isFull: boolean;
}

/** The first delivery of a user to a webhook, claimed by this process. */
export interface ClaimedDelivery extends ReceiverStart {
  readonly id: string;
  readonly userId: string;
  readonly url: string;
  readonly secrets: readonly SigningSecret[];
  readonly eventId: string;
  readonly traceparent: string | null;
  readonly attempts: number;
  /** Milliseconds since the first attempt at this URL; 0 before it. */
  readonly sinceFirstMs: number;
  /** Of a test. */
  readonly body: string | null;
  /** Undefined if it is not stored any more. */
  readonly event: StoredEvent | undefined;
}

/** A delivery whose attempt has ended. */
export type EndedDelivery = Outcome &
  Pick<ClaimedDelivery, 'id' | 'webhookId' | 'userId' | 'url' | 'triedSince'>;

interface Lane {
  readonly webhook_id: string;
  readonly user_id: string;
  readonly pending: number;
}

const LANE = ['webhook_id', 'user_id', 'pending'] as const;

type Head = Lane &
  JoinedEvent & {
    readonly delivery_id: string | null;
    readonly event_id: string;
    readonly url: string;
    readonly tried_since: string;
    readonly secrets: SigningSecret[];
    readonly attempts: number;
    /** In seconds. */
    readonly since_first: number;
    readonly body: string | null;
  };

/** Each webhook has its own room, so that no other one can take it. A new start has all of it. */
const CLAIM = `
  UPDATE public.webhook_lanes AS lane
     SET claim = $1, due = now() + interval '${CLAIM_SECONDS} seconds'
    FROM (
      SELECT due_lane.webhook_id, due_lane.user_id
        FROM public.webhooks AS webhook
        LEFT JOIN unnest($2::uuid[], $3::timestamptz[], $4::int[]) AS room (webhook_id, tried_since, slots)
          ON room.webhook_id = webhook.id AND room.tried_since = webhook.tried_since
       CROSS JOIN LATERAL (
         SELECT webhook_id, user_id FROM public.webhook_lanes
          WHERE webhook_id = webhook.id AND due <= now()
          ORDER BY due LIMIT coalesce(room.slots, ${SLOTS}) FOR UPDATE SKIP LOCKED) AS due_lane
       WHERE webhook.status = 'active' LIMIT ${MOST_CLAIMED}) AS claimed
   WHERE lane.webhook_id = claimed.webhook_id AND lane.user_id = claimed.user_id
  RETURNING lane.webhook_id, lane.user_id, lane.pending`;

/** Read after the claim is committed, so that nobody else changes what is read. */
const HEADS = `
  WITH target AS MATERIALIZED (
    SELECT id, url, tried_since,
           (SELECT json_agg(json_build_object('id', id, 'secret', encode(secret, 'base64')) ORDER BY id DESC)
              FROM (SELECT id, secret FROM public.webhook_secrets
                     WHERE webhook_id = webhook.id AND (valid_until IS NULL OR valid_until > now())
                     ORDER BY valid_until DESC NULLS FIRST LIMIT ${MOST_SECRETS}) AS valid) AS secrets
      FROM public.webhooks AS webhook WHERE id = ANY($1::uuid[]) AND status = 'active')
  SELECT lane.webhook_id, lane.user_id, lane.pending, target.url, target.tried_since::text AS tried_since,
         target.secrets, head.id AS delivery_id,
         head.event_id, head.attempts, head.body,
         CASE WHEN head.first_attempt_at IS NULL THEN 0
              ELSE extract(epoch FROM now() - greatest(head.first_attempt_at, target.tried_since))::int
         END AS since_first,
         ${EVENT_COLUMNS}
    FROM unnest($1::uuid[], $2::uuid[], $3::int[]) AS lane (webhook_id, user_id, pending)
    JOIN target ON target.id = lane.webhook_id
    LEFT JOIN LATERAL (
      SELECT * FROM public.webhook_deliveries
       WHERE webhook_id = lane.webhook_id AND user_id = lane.user_id AND state = 'pending'
       ORDER BY place LIMIT 1) AS head ON true${joinEvent('head.event_time', 'head.event_id')}`;

/** Deliveries that the clean-up deleted leave lanes behind. What came since counts, and keeps the lane. */
const DROP_EMPTY = `
  DELETE FROM public.webhook_lanes AS lane
   USING unnest($2::uuid[], $3::uuid[], $4::int[]) AS empty (webhook_id, user_id, pending)
   WHERE lane.webhook_id = empty.webhook_id AND lane.user_id = empty.user_id
     AND lane.claim = $1 AND lane.pending = empty.pending`;
const EXTEND = `
  UPDATE public.webhook_lanes AS lane SET due = now() + interval '${CLAIM_SECONDS} seconds'
    FROM (
      SELECT webhook_id, user_id
        FROM unnest($2::uuid[], $3::uuid[]) AS own (webhook_id, user_id)
        JOIN public.webhook_lanes AS claimed USING (webhook_id, user_id)
       WHERE claimed.claim = $1
       ORDER BY webhook_id, user_id FOR UPDATE OF claimed) AS held
   WHERE lane.webhook_id = held.webhook_id AND lane.user_id = held.user_id`;
/**
 * A lane that another process has claimed meanwhile is left to it. What came meanwhile counts: a lane goes with its last
 * delivery. What failed while the webhook got a new start is due at once.
 */
const SETTLE = `
  WITH ended AS (
    SELECT ended.id, ended.webhook_id, ended.user_id, ended.status, ended.body,
           CASE WHEN restarted.id IS NULL OR ended.state = 'delivered' THEN ended.state ELSE 'pending' END AS state,
           CASE WHEN restarted.id IS NULL THEN ended.wait_ms ELSE 0 END AS wait_ms
      FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::timestamptz[], $6::text[], $7::int[], $8::int[], $9::text[])
        AS ended (id, webhook_id, user_id, tried_since, state, wait_ms, status, body)
      LEFT JOIN public.webhooks AS restarted
        ON restarted.id = ended.webhook_id AND restarted.tried_since <> ended.tried_since),
  held AS MATERIALIZED (
    SELECT ended.*, lane.pending - (ended.state <> 'pending')::int AS pending
      FROM ended JOIN public.webhook_lanes AS lane USING (webhook_id, user_id)
     WHERE lane.claim = $1
     ORDER BY webhook_id, user_id FOR UPDATE OF lane),
  dropped AS (
    DELETE FROM public.webhook_lanes AS lane USING held
     WHERE lane.webhook_id = held.webhook_id AND lane.user_id = held.user_id AND held.pending <= 0),
  released AS (
    UPDATE public.webhook_lanes AS lane
       SET claim = NULL, pending = held.pending, due = now() + make_interval(secs => held.wait_ms / 1000.0)
      FROM held
     WHERE lane.webhook_id = held.webhook_id AND lane.user_id = held.user_id AND held.pending > 0)
  UPDATE public.webhook_deliveries AS delivery
     SET state = held.state, attempts = delivery.attempts + 1,
         first_attempt_at = coalesce(delivery.first_attempt_at, now()),
         next_at = CASE WHEN held.state = 'pending' THEN now() + make_interval(secs => held.wait_ms / 1000.0) END,
         answer_status = held.status, answer_body = held.body
    FROM held
   WHERE delivery.id = held.id AND delivery.state = 'pending'`;

/**
 * The claims of this process on deliveries. A claim that is not extended ends by itself. Lanes are locked in the order of
 * their keys, as by what inserts deliveries.
 */
export class DeliveryClaims {
  private readonly owner = randomUUID();

  constructor(private readonly database: Database) {}

  /** Claims what is due. @param rooms of the webhooks that have been called. @throws DependencyUnavailable */
  async next(rooms: readonly Room[]): Promise<Claim> {
    const values = [this.owner, ...columnsOf(rooms, ['webhookId', 'triedSince', 'slots'])];
    const { rows: lanes } = await this.database.write<Lane & Record<string, unknown>>({
      text: CLAIM,
      values,
    });
    if (lanes.length === 0) return { deliveries: [], isFull: false };
    const heads = await this.database.readPrepared<Head & Record<string, unknown>>(
      HEADS,
      columnsOf(lanes, LANE),
    );
    const empty = heads.filter(({ delivery_id }) => delivery_id === null);
    if (empty.length > 0) await this.dropEmpty(empty);
    return {
      deliveries: heads.flatMap((head) => claimedDelivery(head)),
      isFull: lanes.length === MOST_CLAIMED,
    };
  }

  /** Keeps what takes longer. @throws DependencyUnavailable */
  async extend(held: readonly ClaimedDelivery[]): Promise<void> {
    const values = [this.owner, ...columnsOf(held, ['webhookId', 'userId'])];
    await this.database.write({ text: EXTEND, values });
  }

  /** Stores how attempts ended, and frees their users for the next ones. @throws DependencyUnavailable */
  async settle(ended: readonly EndedDelivery[]): Promise<void> {
    const values = [
      this.owner,
      ...columnsOf(ended, ['id', 'webhookId', 'userId', 'triedSince', 'state']),
      ended.map(({ waitMs }) => Math.round(waitMs)),
      ended.map(({ answer }) => answer?.status ?? null),
      ended.map(({ answer }) => answer?.body ?? null),
    ];
    await this.database.write({ text: SETTLE, values });
  }

  private async dropEmpty(lanes: readonly Lane[]): Promise<void> {
    const values = [this.owner, ...columnsOf(lanes, LANE)];
    await this.database.write({ text: DROP_EMPTY, values });
  }
}

function claimedDelivery(head: Head): ClaimedDelivery[] {
  if (head.delivery_id === null) return [];
  return [
    {
      id: head.delivery_id,
      webhookId: head.webhook_id,
      userId: head.user_id,
      url: head.url,
      triedSince: head.tried_since,
      secrets: head.secrets,
      eventId: head.event_id,
      traceparent: head.traceparent,
      attempts: head.attempts,
      sinceFirstMs: head.since_first * 1000,
      body: head.body,
      event: eventOf(head),
    },
  ];
}
