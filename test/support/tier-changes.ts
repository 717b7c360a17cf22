import type { Answer } from './caller.js';
import {
  type Ask,
  type Conduct,
  paid,
  type PaymentServer,
  startPaymentServer,
} from './payment-service.js';
import { type Api, testApi } from './test-api.js';
import { waitFor } from './wait-for.js';

/** Long enough for a payment on a busy machine. */
const TIMEOUT_MS = 2000;

/** A payment service that fails without charging. */
export const unwell: Conduct = { charges: false, answer: 500 };

export interface TierChanges {
  readonly api: Api;
  readonly payment: PaymentServer;
  change(id: string, tier: unknown, headers?: Record<string, string>): Promise<Answer>;
  tierOf(id: string): Promise<unknown>;
  /** The stored changes of a user, oldest first. */
  changesOf(id: string): Promise<{ status: string; asks: number }[]>;
  /** Waits until a change of the user has a status. */
  ended(id: string, status: string): Promise<boolean>;
  /** What the audit log says of a user's changes: `action by kind of actor`. */
  auditOf(id: string): Promise<string[]>;
  /** Lets one user's charges end so; all others are paid. */
  behaveTo(userId: string, decide: (ask: Ask, count: number) => Conduct): void;
  stop(): Promise<void>;
}

/** An API and a payment service whose charges are paid. */
export async function startTierChanges(): Promise<TierChanges> {
  const payment = await startPaymentServer();
  payment.behave(() => paid);
  const api = await testApi()
    .withMails('log')
    .with({
      PAYMENT_SERVICE_URL: `${payment.url}/`,
      PAYMENT_SERVICE_TOKEN: 'payment-service-token',
      PAYMENT_TIMEOUT_MS: String(TIMEOUT_MS),
    })
    .start();
  const changesOf = (id: string) =>
    api.database.query<{ status: string; asks: number }>(
      'SELECT status, asks FROM tier_changes WHERE user_id = $1 ORDER BY id',
      [id],
    );
  return {
    api,
    payment,
    change: (id, tier, headers) => api.as('service').post(`/users/${id}/tier`, { tier }, headers),
    tierOf: async (id) => (await api.as('service').get(`/users/${id}`)).body['tier'],
    changesOf,
    ended: (id, status) =>
      waitFor(`the change to be ${status}`, async () =>
        (await changesOf(id)).some((row) => row.status === status),
      ),
    auditOf: async (id) => {
      const rows = await api.database.query<{ action: string; actor_kind: string }>(
        `SELECT action, actor_kind FROM audit_log
          WHERE target_id = $1 AND action ~ 'payment|tier' ORDER BY id`,
        [id],
      );
      return rows.map(({ action, actor_kind }) => `${action} by ${actor_kind}`);
    },
    behaveTo: (userId, decide) => {
      let count = 0;
      payment.behave((ask) => (ask.userId === userId ? decide(ask, (count += 1)) : paid));
    },
    stop: async () => {
      await api.stop();
      await payment.close();
    },
  };
}

export function expectTier(answer: Answer, tier: string): void {
  expect({ status: answer.status, tier: answer.body['tier'] }).toEqual({ status: 200, tier });
}
