import type { Life } from './careful-client.js';
import type { Delivery } from './mail-service.js';
import type { Ask } from './payment-service.js';

/** The stored state at the end. */
export interface Stored {
  readonly users: readonly {
    readonly id: string;
    readonly email: string;
    readonly tier: string;
    readonly deleted: boolean;
  }[];
  readonly tierChanges: readonly {
    readonly id: string;
    readonly user_id: string;
    readonly to_tier: string;
    readonly status: string;
  }[];
  readonly mailJobs: readonly { readonly id: string; readonly user_id: string }[];
}

/** The faults of each kind, by user or charge; all empty when all went well. */
export type Verdict = Record<keyof typeof FLAWLESS, readonly string[]>;

/** The expected log lines after success. */
export const FLAWLESS = {
  lostUsers: [],
  lostDeletions: [],
  deletedUnasked: [],
  signedUpTwice: [],
  withoutMail: [],
  mailsWithAnotherKey: [],
  chargedTwice: [],
  chargedForNothing: [],
  givenAway: [],
  tierUnlikeItsCharges: [],
  lostTiers: [],
};

type User = Stored['users'][number];

/** Compares the answers to clients with the stored, delivered and charged results. */
export function judge(
  lives: readonly Life[],
  stored: Stored,
  deliveries: readonly Delivery[],
  charges: ReadonlyMap<string, Ask>,
): Verdict {
  const users = new Map(stored.users.map((user) => [user.id, user]));
  const userOf = (life: Life): User | undefined => users.get(life.id ?? '');
  const known = lives.filter(({ id }) => id !== undefined);
  const emails = (faulty: (life: Life) => boolean) =>
    known.filter(faulty).map(({ email }) => email);
  return {
    lostUsers: emails((life) => userOf(life)?.email !== life.email),
    lostDeletions: emails(
      (life) => life.deletion === 'confirmed' && userOf(life)?.deleted !== true,
    ),
    deletedUnasked: emails((life) => life.deletion === 'none' && userOf(life)?.deleted === true),
    signedUpTwice: repeated(stored.users.map(({ email }) => email)),
    ...judgeMails(stored, deliveries),
    ...judgeCharges(stored, charges),
    lostTiers: emails(({ id, tiers }) =>
      tiers.some(
        ({ tier, status }) =>
          status === 200 &&
          !stored.tierChanges.some(
            (change) =>
              change.user_id === id && change.to_tier === tier && change.status === 'applied',
          ),
      ),
    ),
  };
}

function judgeMails({ users, mailJobs }: Stored, deliveries: readonly Delivery[]) {
  const jobOf = new Map(mailJobs.map(({ id, user_id }) => [user_id, id]));
  const received = Map.groupBy(deliveries, ({ body }) => body.to);
  const keys = (email: string) => (received.get(email) ?? []).map(({ key }) => key);
  return {
    withoutMail: users
      .filter(({ email, deleted }) => !deleted && keys(email).length === 0)
      .map(({ email }) => email),
    mailsWithAnotherKey: users
      .filter(({ id, email }) => keys(email).some((key) => key !== jobOf.get(id)))
      .map(({ email }) => email),
  };
}

function judgeCharges({ users, tierChanges }: Stored, charges: ReadonlyMap<string, Ask>) {
  const changes = new Map(tierChanges.map((change) => [change.id, change]));
  const paidFor = (status = '') => status === 'applied' || status === 'orphaned';
  const applied = tierChanges.filter(({ status }) => status === 'applied');
  // Ids are UUIDv7 and come in the order of their changes.
  const last = new Map(applied.map((change) => [change.user_id, change.to_tier]));
  return {
    chargedTwice: repeated([...charges.values()].map(({ userId, tier }) => `${userId} ${tier}`)),
    chargedForNothing: [...charges.keys()].filter((key) => !paidFor(changes.get(key)?.status)),
    givenAway: tierChanges
      .filter(({ id, status }) => paidFor(status) && !charges.has(id))
      .map(({ id }) => id),
    tierUnlikeItsCharges: users
      .filter(({ id, tier }) => tier !== (last.get(id) ?? 'free'))
      .map(({ email }) => email),
  };
}

function repeated(values: readonly string[]): string[] {
  return [...Map.groupBy(values, (value) => value)].flatMap(([value, all]) =>
    all.length > 1 ? [value] : [],
  );
}
