import { createUser } from '../support/accounts.js';
import { type Api, testApi } from '../support/test-api.js';
import { waitFor } from '../support/wait-for.js';
import {
  isVerified,
  startReceiver,
  type ReceiverAnswer,
  type WebhookReceiver,
} from '../support/webhook-receiver.js';
import { createWebhook, LOOPBACK, WEBHOOKS, type WebhookWithSecret } from '../support/webhooks.js';

/** Users that sign up while receivers misbehave. */
const USERS = 300;
const AT_ONCE = 4;
/** Longest of 99 in 100 events, in milliseconds. */
const LONGEST_MS = 1000;

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

  async function receiving(answer: () => ReceiverAnswer | Promise<ReceiverAnswer>) {
    const receiver = await startReceiver();
    receivers.push(receiver);
    receiver.answer(answer);
    return { receiver, webhook: await createWebhook(api, receiver.url, ['user.created']) };
  }

  it('delay no other one, and each event verifies while a secret is replaced', async () => {
    const taken: ReceiverAnswer = { status: 204 };
    let count = 0;
    await receiving(() => undefined);
    await receiving(() => new Promise((resolve) => setTimeout(() => resolve(taken), 9000)));
    await receiving(() => ((count += 1) % 3 === 0 ? { status: 500 } : taken));
    const well = [await receiving(() => taken), await receiving(() => taken)];
    const secrets = [well[0]?.webhook.secret ?? ''];
    const progress = { signedUp: 0 };
    await Promise.all([
      ...Array.from({ length: AT_ONCE }, async () => {
        while (progress.signedUp < USERS) {
          progress.signedUp += 1;
          await createUser(api, { password: null });
        }
      }),
      (async () => {
        while (progress.signedUp < USERS) {
          const path = `${WEBHOOKS}/${well[0]?.webhook.id}/rotate-secret`;
          const { body } = await api.as('service').post<WebhookWithSecret>(path, {});
          secrets.push(body.secret);
        }
      })(),
    ]);
    for (const { receiver } of well) {
      await waitFor('all events', () => receiver.received.length >= USERS);
      const lags = receiver.received
        .map(({ at, event }) => at - Date.parse(event.time))
        .toSorted((a, b) => a - b);
      expect(lags[Math.floor(lags.length * 0.99)]).toBeLessThan(LONGEST_MS);
    }
    const unverified = well[0]?.receiver.received.filter(
      (event) => !secrets.some((secret) => isVerified(event, secret)),
    );
    expect(unverified).toEqual([]);
  }, 120_000);
});
