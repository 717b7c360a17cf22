import { AdmissionControl } from './admission-control.js';
import type { RequestPriority } from '../declarations/request-priority.js';

describe('AdmissionControl', () => {
  let admission: AdmissionControl;
  beforeEach(() => {
    admission = new AdmissionControl({ threads: 4, runMs: 100 });
  });
  afterEach(() => admission.close());

  /** Lets in as many as it takes. @returns how many there are then. */
  function fill(priority: RequestPriority, before = 0): number {
    let count = before;
    while (admission.enter(priority)) count += 1;
    return count;
  }

  it('refuses lower priorities at a lower share of the limit', () => {
    const bulk = fill('bulk');
    const write = fill('write', bulk);
    const read = fill('read', write);
    const signIn = fill('sign-in', read);
    expect([bulk, write, read, signIn].map((count) => count / signIn)).toEqual([
      0.5,
      expect.closeTo(0.8, 1) as number,
      expect.closeTo(0.9, 1) as number,
      1,
    ]);
    admission.leave(1);
    expect(admission.enter('read')).toBe(false);
    expect(admission.enter('sign-in')).toBe(true);
  });

  it('admits as many passwords as the threads hash within the maximum wait', () => {
    let others = 0;
    while (admission.enterPassword('write', `source ${others}`)) others += 1;
    let all = others;
    while (admission.enterPassword('sign-in', `source ${all}`)) all += 1;
    // 32 for each of 4 threads, of which others than log-ins get three quarters.
    expect([others, all]).toEqual([96, 128]);
    admission.leavePassword('source 0');
    expect(admission.enterPassword('write', 'source 0')).toBe(false);
    expect(admission.enterPassword('sign-in', 'source 0')).toBe(true);
  });

  it('gives one source at most half of the places for passwords', () => {
    let guesses = 0;
    while (admission.enterPassword('sign-in', 'one')) guesses += 1;
    expect(guesses).toBe(64);
    expect(admission.enterPassword('sign-in', 'another')).toBe(true);
    admission.leavePassword('one');
    expect(admission.enterPassword('sign-in', 'one')).toBe(true);
  });
});
