import { setTimeout as delay } from 'node:timers/promises';

import { createUser } from '../support/accounts.js';
import { sized } from '../support/drill-length.js';
import { figure } from '../support/figure.js';
import { type Api, testApi } from '../support/test-api.js';
import { waitFor } from '../support/wait-for.js';
import {
  isVerified,
  type ReceivedEvent,
  type ReceiverAnswer,
  startReceiver,
  type WebhookReceiver,
} from '../support/webhook-receiver.js';
import {
  createWebhook,
  LOOPBACK,
  type Page,
  type WebhookDelivery,
  WEBHOOKS,
  type WebhookWithSecret,
} from '../support/webhooks.js';

/** For so long, in milliseconds, one receiver is dead while users sign up. */
const DEAD_MS = sized(12_000, 120_000);
/** For so long all are well before. */
const USUAL_MS = 5000;
/** Between two sign-ups: the service is not busy, so that only receivers can delay events. */
const SIGN_UP_EVERY_MS = 50;
const ROTATE_EVERY_MS = 250;
/**
 * How much longer 99 in 100 events may take beside such receivers, in milliseconds. `npm run drills` has the machine to
 * itself: there it is how long they may take.
 */
const MOST_MORE_MS = 1000;
/** The longest wait for a retry by then, with its jitter. */
const BACK_WITHIN_MS = sized(30_000, 240_000);

const TAKEN: ReceiverAnswer = { status: 204 };

/**
 * Five receivers: one hangs, one answers after 9 s, one fails every third time. The other two notice nothing, also while
 * the secret of one is replaced again and again.
 */
describe('receivers that misbehave', () => {
  let api: Api;
  const receivers: WebhookReceiver[] = [];

  beforeAll(async () => {
    api = await testApi(LOOPBACK).start();
  });

  afterAll(async () => {
    await Promise.all(receivers.map((receiver) => receiver.stop()));
    await api?.stop();
  });

  async function receiving() {
    const receiver = await startReceiver();
    receivers.push(receiver);
    return { receiver, webhook: await createWebhook(api, receiver.url, ['user.created']) };
  }

  it(
    'delay no other one, and each event verifies while a secret is replaced',
    async () => {
      const [dead, slow, failing, rotated, calm] = await Promise.all([
        receiving(),
        receiving(),
        receiving(),
        receiving(),
        receiving(),
      ]);
      const well = [rotated, calm];
      const secrets = [rotated.webhook.secret];
      const rotate = async () => {
        const path = `${WEBHOOKS}/${rotated.webhook.id}/rotate-secret`;
        const { body } = await api.as('service').post<WebhookWithSecret>(path, {});
        secrets.push(body.secret);
      };
      const unverified: ReceivedEvent[] = [];
      // At once, from the newest on: each event has the signatures of a hundred secrets.
      rotated.receiver.answer((event) => {
        if (!secrets.findLast((secret) => isVerified(event, secret))) unverified.push(event);
        return TAKEN;
      });
      /** Signs up users and replaces the secret. @returns the 99th percentile of each receiver that is well. */
      const load = async (ms: number): Promise<number[]> => {
        const before = calm.receiver.received.length;
        const [users] = await Promise.all([
          evenly(ms, SIGN_UP_EVERY_MS, () => createUser(api, { password: null })),
          evenly(ms, ROTATE_EVERY_MS, rotate),
        ]);
        await told(before + users.length);
        return well.map(({ receiver }) => longestOf99(receiver.received.slice(before)));
      };
      const told = (count: number) =>
        waitFor('all events', () =>
          well.every(({ receiver }) => receiver.received.length >= count),
        );

      // The first events of a process wait for connections and plans.
      await Promise.all(Array.from({ length: 20 }, () => createUser(api, { password: null })));
      await told(20);
      const usual = Math.max(...(await load(USUAL_MS)));
      let count = 0;
      dead.receiver.answer(() => undefined);
      slow.receiver.answer(() => delay(9000, TAKEN, { ref: false }));
      failing.receiver.answer(() => ((count += 1) % 3 === 0 ? { status: 500 } : TAKEN));
      const allowed = sized(usual + MOST_MORE_MS, MOST_MORE_MS);
      for (const longest of await load(DEAD_MS)) expect(longest).toBeLessThan(allowed);
      expect(unverified).toEqual([]);

      dead.receiver.answer(() => TAKEN);
      const pending = `${WEBHOOKS}/${dead.webhook.id}/deliveries?state=pending&limit=1`;
      await waitFor(
        'the dead one',
        async () => {
          const { body } = await api.as('service').get<Page<WebhookDelivery>>(pending);
          return body.items.length === 0;
        },
        BACK_WITHIN_MS,
      );
    },
    DEAD_MS + BACK_WITHIN_MS + 60_000,
  );
});

/** Begins a call at each interval, whether or not those before it have ended. */
async function evenly<Result>(
  ms: number,
  intervalMs: number,
  call: () => Promise<Result>,
): Promise<readonly Result[]> {
  const calls: Promise<Result>[] = [];
  const begun = performance.now();
  while (performance.now() - begun < ms) {
    calls.push(call());
    await delay(Math.max(0, begun + calls.length * intervalMs - performance.now()));
  }
  return Promise.all(calls);
}

/** The delay that 99 in 100 events do not exceed from their commit to their arrival, in milliseconds. */
function longestOf99(received: readonly ReceivedEvent[]): number {
  const lags = received
    .map(({ at, event }) => at - Date.parse(event.time))
    .toSorted((a, b) => a - b);
  const [half, most, longest] = [0.5, 0.9, 0.99].map(
    (part) => lags[Math.floor(lags.length * part)],
  );
  figure(
    `${lags.length} events: ${half} ms at p50, ${most} at p90, ${longest} at p99, ${lags.at(-1)} at most`,
  );
  return longest ?? Infinity;
}
