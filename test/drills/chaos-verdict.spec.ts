import type { Life } from '../support/careful-client.js';
import { FLAWLESS, judge, type Stored, type Verdict } from '../support/chaos-verdict.js';
import { growth } from '../support/growth.js';
import type { Delivery } from '../support/mail-service.js';
import type { Ask } from '../support/payment-service.js';

// A drill is only useful if its checks detect faults.

const life: Life = {
  email: 'ada@example.com',
  key: 'k',
  id: 'ada',
  tiers: [{ tier: 'pro', status: 200 }],
  deletion: 'none',
};
const user = { id: 'ada', email: 'ada@example.com', tier: 'pro', deleted: false };
const change = { id: 'charge', user_id: 'ada', to_tier: 'pro', status: 'applied' };
const stored: Stored = {
  users: [user],
  tierChanges: [change],
  mailJobs: [{ id: 'job', user_id: 'ada' }],
};
const delivery = { key: 'job', body: { to: user.email } } as Delivery;
const ask: Ask = { headers: {}, key: 'charge', userId: 'ada', tier: 'pro' };

describe('the verdict of the chaos drill', () => {
  const verdict = (planted: {
    life?: Partial<Life>;
    stored?: Partial<Stored>;
    deliveries?: Delivery[];
    charges?: Ask[];
  }) =>
    judge(
      [{ ...life, ...planted.life }],
      { ...stored, ...planted.stored },
      planted.deliveries ?? [delivery],
      new Map((planted.charges ?? [ask]).map((each) => [each.key, each])),
    );

  it('reports nothing when nothing is wrong', () => {
    expect(verdict({})).toEqual(FLAWLESS);
  });

  it.each<[keyof Verdict, Parameters<typeof verdict>[0]]>([
    ['lostUsers', { stored: { users: [] } }],
    ['lostDeletions', { life: { deletion: 'confirmed' } }],
    ['deletedUnasked', { stored: { users: [{ ...user, deleted: true }] } }],
    ['signedUpTwice', { stored: { users: [user, { ...user, id: 'twin' }] } }],
    ['withoutMail', { deliveries: [] }],
    ['mailsWithAnotherKey', { deliveries: [delivery, { ...delivery, key: 'other' }] }],
    ['chargedTwice', { charges: [ask, { ...ask, key: 'again' }] }],
    ['chargedForNothing', { stored: { tierChanges: [{ ...change, status: 'not_charged' }] } }],
    ['givenAway', { charges: [] }],
    ['tierUnlikeItsCharges', { stored: { users: [{ ...user, tier: 'free' }] } }],
    ['lostTiers', { stored: { tierChanges: [] } }],
  ])('names %s', (fault, planted) => {
    expect(verdict(planted)[fault]).toHaveLength(1);
  });
});

describe('the slope of the soak drill', () => {
  it('is the difference of the last and the first value', () => {
    expect(growth([10, 12, 14, 16])).toEqual({ mean: 13, grown: expect.closeTo(6) as number });
    expect(growth([5, 5, 5]).grown).toBe(0);
    expect(growth([10, 14, 10, 14, 10]).grown).toBeCloseTo(0);
  });
});
