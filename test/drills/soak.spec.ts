import { setTimeout as delay } from 'node:timers/promises';
import { startReady } from '../support/ready.js';
import type { Service } from '../support/service.js';

import { CarefulClient, ClientRecord } from '../support/careful-client.js';
import { sized } from '../support/drill-length.js';
import { figure } from '../support/figure.js';
import { collectingGarbage, type Footprint, footprint, growth } from '../support/growth.js';
import { describeOnRedis } from '../support/installed.js';
import { type MailService, startMailService } from '../support/mail-service.js';
import { type PaymentServer, startPaymentServer } from '../support/payment-service.js';
import { type RedisServer, startRedis } from '../support/redis-server.js';
import { drillSeed, seededRandom } from '../support/seeded-random.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const SECONDS = sized(10, 900);
const SAMPLES = sized(10, 90);
/** Enough to keep it busy all the time; each rests for as long as it worked, which makes half of that. */
const CLIENTS = 6;
/**
 * From the middle of the soak to its end. A leak of 1 KiB per request would be several times that; connections and
 * what hangs on them come and go with the load. What the quick version sees is still warming up.
 */
const MOST_GROWN: Partial<Footprint> = sized(
  { series: 20 },
  { heap: 3, handles: 5, files: 5, connections: 5, series: 0.5 },
);
const DRILL_MS = (SECONDS + 120) * 1000;

describeOnRedis('a soak at half the load it can carry', () => {
  const random = seededRandom(drillSeed());
  const record = new ClientRecord();
  let database: TestDatabase;
  let redis: RedisServer;
  let mail: MailService;
  let payment: PaymentServer;
  let service: Service;

  beforeAll(async () => {
    [database, redis, mail, payment] = await Promise.all([
      createTestDatabase(),
      startRedis(),
      startMailService(),
      startPaymentServer(),
    ]);
    service = await startReady({
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      EMAIL_SERVICE_URL: mail.url,
      PAYMENT_SERVICE_URL: payment.url,
      ...collectingGarbage,
    });
  }, DRILL_MS);

  afterAll(async () => {
    await service?.stop();
    await Promise.all([redis?.stop(), mail?.stop(), payment?.close(), database?.drop()]);
  });

  /** Half the load, at whatever pace the machine has for us. */
  async function workAndRest(end: AbortSignal): Promise<void> {
    const client = new CarefulClient([{ up: service }], random.fork(), record);
    while (!end.aborted) {
      const began = performance.now();
      await client.live(end);
      await delay(performance.now() - began, undefined, { signal: end }).catch(() => undefined);
    }
  }

  it(
    'does not grow heap, handles, connections and series',
    async () => {
      const end = new AbortController();
      const clients = Promise.all(Array.from({ length: CLIENTS }, () => workAndRest(end.signal)));
      const samples: Footprint[] = [];
      for (let sample = 0; sample < SAMPLES; sample += 1) {
        await delay((SECONDS * 1000) / SAMPLES);
        samples.push(await footprint(service));
      }
      end.abort();
      await clients;

      const later = samples.slice(SAMPLES / 2);
      const names = Object.keys(later[0] ?? {}) as (keyof Footprint)[];
      const grown = new Map(
        names.map((name) => [name, growth(later.map((sample) => sample[name]))]),
      );
      const requests = [...record.answers.values()].reduce((sum, count) => sum + count, 0);
      const text = [...grown].map(
        ([name, { mean, grown: by }]) =>
          `${name} ${mean.toFixed(1)} ${by < 0 ? '-' : '+'}${Math.abs(by).toFixed(2)}`,
      );
      figure(
        `soak of ${SECONDS} s at half the load, ${record.lives.length} users, ${requests} requests; ` +
          `means and slopes over the second half: ${text.join(', ')} (memory in MiB)`,
      );
      expect(record.faults).toEqual([]);
      const tooMuch = Object.entries(MOST_GROWN).filter(
        ([name, most]) => (grown.get(name as keyof Footprint)?.grown ?? Infinity) > most,
      );
      expect(tooMuch).toEqual([]);
    },
    DRILL_MS,
  );
});
