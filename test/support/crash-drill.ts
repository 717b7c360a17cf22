import type { Delivery, MailService } from './mail-service.js';
import type { RequestOptions } from './caller.js';
import type { Service } from './service.js';
import { waitFor } from './wait-for.js';

const CLIENTS = 32;
/** A client gives up on a user after that many lost connections: more than any drill has crashes. */
const MAX_ATTEMPTS = 20;
/** A second or two on an idle machine; drills make it a busy one, and may hold the database back. */
const READY_MS = 60_000;

export interface CreatedUser {
  readonly id: string;
  readonly email: string;
}

/** A process of ours that is killed and started again; whoever uses it meanwhile waits for that. */
export class Phoenix {
  crashes = 0;
  private running: Service | undefined;
  private current: Promise<Service>;

  constructor(private readonly start: () => Promise<Service>) {
    this.current = this.launch();
  }

  /** The process that runs, unless the next one is coming up. */
  get up(): Service | undefined {
    return this.running;
  }

  /** The process that runs, or the next one once it is ready. */
  async service(): Promise<Service> {
    return this.current;
  }

  /** SIGKILL before this returns, and a new process; while one is coming up, as soon as it is up. */
  crash(): Promise<unknown> {
    const { running } = this;
    if (running === undefined) return this.current.then(() => this.crash());
    this.running = undefined;
    this.crashes += 1;
    this.current = running.kill().then(() => this.launch());
    return this.current;
  }

  private async launch(): Promise<Service> {
    const service = await this.start();
    await waitFor(
      'the process to be ready',
      async () => (await service.get('/ready')).status === 200,
      READY_MS,
    );
    this.running = service;
    return service;
  }
}

/**
 * Creates users by 32 parallel clients. Whoever loses its connection tries again with a new
 * address, since the lost request may have been committed.
 * @param onCreated called with the number of users that were answered with 201 so far.
 */
export async function createUsers(
  api: Phoenix,
  count: number,
  onCreated: (created: number) => void = () => undefined,
): Promise<CreatedUser[]> {
  const created: CreatedUser[] = [];
  let next = 0;
  const client = async () => {
    while (next < count) {
      const number = (next += 1);
      created.push(await createUser(api, number));
      onCreated(created.length);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return created;
}

async function createUser(api: Phoenix, number: number): Promise<CreatedUser> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const service = await api.service();
    const email = `user-${number}-${attempt}@example.com`;
    const request: RequestOptions = { method: 'POST', body: { email, name: `User ${number}` } };
    const answer = await service.request<{ id: string }>('/users', request).catch(() => undefined);
    if (answer?.status === 201) return { id: answer.body.id, email };
    if (answer !== undefined) throw new Error(`POST /users answered ${answer.status}`);
    // The kill that cut the connection may not have been noticed yet on this side.
    await waitFor('the crash to be noticed', async () => (await api.service()) !== service);
  }
  throw new Error(`user ${number} could not be created`);
}

/** Calls back once at each of the delivery counts, while the delivery has not been answered yet. */
export function atDeliveries(
  mail: MailService,
  counts: readonly number[],
  callback: () => void,
): void {
  const due = [...counts];
  let deliveries = 0;
  mail.answer(() => {
    deliveries += 1;
    if (due[0] !== undefined && deliveries >= due[0]) {
      due.shift();
      callback();
    }
    return 202;
  });
}

/** Deliveries by address. */
export function byRecipient(deliveries: readonly Delivery[]): Map<string, Delivery[]> {
  return Map.groupBy(deliveries, ({ body }) => body.to);
}
