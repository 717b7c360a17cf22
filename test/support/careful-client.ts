import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { PASSWORD, type Tokens } from './accounts.js';
import { type Answer, bearer, type RequestOptions } from './caller.js';
import type { Service } from './service.js';
import type { SeededRandom } from './seeded-random.js';

const AGAIN_MS = 50;
/** Longer than any outage: a request without an answer by then is stuck. */
const STUCK_MS = 60_000;

/** Where to ask: a process that may be away. */
export interface Replica {
  readonly up: Service | undefined;
}

/** The requests of a client for one user, and the answers. */
export interface Life {
  readonly email: string;
  /** The sign-up's `Idempotency-Key`. */
  readonly key: string;
  /** The user, from the moment that 201 was received. */
  id?: string;
  /** The newest of each that was received. */
  refreshToken?: string;
  accessToken?: string;
  /** Requested paid tiers, and the answers; undefined without a final one. */
  readonly tiers: { readonly tier: string; status?: number }[];
  /** Whether a deletion was requested, and confirmed. */
  deletion: 'none' | 'asked' | 'confirmed';
}

/** All answers, and what should not have happened. */
export class ClientRecord {
  readonly lives: Life[] = [];
  readonly faults: string[] = [];
  /** Answers by request and status, `lost` after a broken connection. */
  readonly answers = new Map<string, number>();

  count(what: string, outcome: number | 'lost'): void {
    const name = `${what} ${outcome}`;
    this.answers.set(name, (this.answers.get(name) ?? 0) + 1);
  }
}

/**
 * Runs users through sign-up, sign-in, refreshes, paid tiers, and for some deletion, one after the
 * other. Like a careful client, it retries after a lost connection or 503, with the same key and on
 * any listening process.
 */
export class CarefulClient {
  /** @param thinkingMs longest pause before a request, in milliseconds. */
  constructor(
    private readonly replicas: readonly Replica[],
    private readonly random: SeededRandom,
    private readonly record: ClientRecord,
    private readonly thinkingMs = 0,
  ) {}

  /** One user after the other, until the signal. */
  async run(end: AbortSignal): Promise<void> {
    while (!end.aborted) await this.live(end);
  }

  /** The life of one user, which the signal may cut short. */
  async live(end: AbortSignal): Promise<void> {
    const life: Life = {
      email: `${randomUUID()}@example.com`,
      key: randomUUID(),
      tiers: [],
      deletion: 'none',
    };
    this.record.lives.push(life);
    for (const step of this.plan()) {
      await delay(this.random.between(0, this.thinkingMs));
      if (end.aborted || !(await step(life))) return;
    }
  }

  /** What a user does is drawn before it is done. Each step says whether the next one can follow. */
  private plan(): ((life: Life) => Promise<boolean>)[] {
    const { random } = this;
    const refreshes = Array.from({ length: Math.floor(random.between(1, 4)) }, () => this.refresh);
    const tiers = ['pro', 'enterprise']
      .filter(() => random.chance(0.5))
      .map((tier) => (life: Life) => this.changeTier(life, tier));
    const deletion = random.chance(0.3) ? [this.remove] : [];
    return [this.signUp, this.signIn, ...random.shuffle([...refreshes, ...tiers]), ...deletion];
  }

  /** Once more, by the same key, for a sign-up whose answer was never learned. */
  readonly signUp = async (life: Life): Promise<boolean> => {
    const answer = await this.ask<{ id: string }>('sign-up', '/users', {
      method: 'POST',
      headers: { 'idempotency-key': life.key },
      body: { email: life.email, name: 'Ada', password: PASSWORD },
    });
    const done = this.expect('sign-up', answer, [201]);
    if (done) life.id = answer.body.id;
    return done;
  };

  readonly signIn = async (life: Life): Promise<boolean> => {
    const body = { email: life.email, password: PASSWORD };
    return this.keep(
      life,
      'login',
      await this.ask('login', '/auth/login', { method: 'POST', body }),
    );
  };

  readonly refresh = async (life: Life): Promise<boolean> => {
    const body = { refresh_token: life.refreshToken };
    const answer = await this.ask<Tokens>('refresh', '/auth/refresh', { method: 'POST', body });
    return this.keep(life, 'refresh', answer);
  };

  private async changeTier(life: Life, tier: string): Promise<boolean> {
    const change: Life['tiers'][number] = { tier };
    life.tiers.push(change);
    const answer = await this.ask<{ tier: string }>('tier', `/users/${life.id}/tier`, {
      method: 'POST',
      headers: { ...bearer(life.accessToken ?? ''), 'idempotency-key': randomUUID() },
      body: { tier },
    });
    if (this.expect('tier', answer, [200, 202, 402])) change.status = answer.status;
    if (answer.status === 200 && answer.body.tier !== tier)
      this.record.faults.push(`tier: asked for ${tier}, was given ${answer.body.tier}`);
    return true;
  }

  private readonly remove = async (life: Life): Promise<boolean> => {
    life.deletion = 'asked';
    const headers = bearer(life.accessToken ?? '');
    const answer = await this.ask('delete', `/users/${life.id}`, { method: 'DELETE', headers });
    // Deleted by a request whose answer was lost: then the token is nobody's any more.
    if (this.expect('delete', answer, [204, 401, 404])) life.deletion = 'confirmed';
    return false;
  };

  private keep(life: Life, what: string, answer: Answer<Tokens>): boolean {
    if (!this.expect(what, answer, [200])) return false;
    life.refreshToken = answer.body.refresh_token;
    life.accessToken = answer.body.access_token;
    return true;
  }

  /** @returns whether this is an answer that decides; 409 while a killed process holds the key does not. */
  private expect(what: string, answer: Answer<unknown>, statuses: readonly number[]): boolean {
    const { code } = answer.body as { code?: string };
    if (code === 'idempotency.in-flight') return false;
    if (!statuses.includes(answer.status))
      this.record.faults.push(`${what}: ${answer.status} ${answer.text}`);
    return statuses.includes(answer.status);
  }

  private async ask<Body>(
    what: string,
    path: string,
    request: RequestOptions,
  ): Promise<Answer<Body>> {
    for (const since = Date.now(); Date.now() - since < STUCK_MS; await delay(AGAIN_MS)) {
      const listening = this.replicas.flatMap(({ up }) => up ?? []);
      if (listening.length === 0) continue;
      const replica = this.random.pick(listening);
      const answer = await replica.request<Body>(path, request).catch(() => undefined);
      this.record.count(what, answer?.status ?? 'lost');
      if (answer !== undefined && answer.status !== 503) return answer;
    }
    throw new Error(`${what}: no answer in ${STUCK_MS} ms`);
  }
}
