import { createHash } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { metrics } from '@opentelemetry/api';

import { emailKey } from '../../../platform/common/email-address.js';
import { limitsConfig } from '../../../platform/http/limits/limits.config.js';
import { Database } from '../../../platform/database/database.js';
import type { Statement } from '../../../platform/database/statements/statement.js';
import { runPrepared } from '../../../platform/database/transactions/prepared.js';
import { type Write, writeBy, writeOf } from '../../../platform/database/transactions/write.js';
import { isDelayed } from './lockout-delay.js';
import type { SignInFailure } from './sign-in-failure.entity.js';

/** A sign-in attempt, with the keys under which failures are counted. */
export interface SignInAttempt {
  /** The hash of the address, see `lockoutAccount`; the account may not exist. */
  readonly account: Buffer;
  readonly userId: string | undefined;
  /** IPv4 address or IPv6 /64. */
  readonly source: string;
  /** A device that has signed in to this account before and proved it. */
  readonly deviceId: string | undefined;
}

type Failures = Pick<SignInFailure, 'origin' | 'count'>;

interface Counts {
  readonly own_count: number | null;
  readonly own_age_ms: number | null;
  readonly account_count: number | null;
  readonly source_known: boolean;
}

/** The origin under which all failures of an account are counted, whatever their source. */
const WHOLE_ACCOUNT = 'account';
/** The same for wrong second factors: only who has the password can cause them. */
const ALL_FACTORS = 'factors';
/** Counted for an hour. */
const WHOLE = `('${WHOLE_ACCOUNT}', '${ALL_FACTORS}')`;
const ACCOUNT_WINDOW = `interval '1 hour'`;

const COUNTS = `
  SELECT own.count AS own_count,
         (extract(epoch FROM clock_timestamp() - own.last_at) * 1000)::bigint AS own_age_ms,
         (SELECT max(count) FROM public.sign_in_failures
           WHERE account = $1 AND origin IN ${WHOLE}
             AND first_at > clock_timestamp() - ${ACCOUNT_WINDOW}) AS account_count,
         EXISTS (SELECT FROM public.known_sources WHERE user_id = $3 AND source = $4) AS source_known
    FROM (SELECT) AS always
    LEFT JOIN public.sign_in_failures own ON own.account = $1 AND own.origin = $2`;
const FORGIVE = `DELETE FROM public.sign_in_failures WHERE account = $1 AND origin = $2`;
/** A new password proves no factor. */
const LIFT = `DELETE FROM public.sign_in_failures WHERE account = $1 AND origin <> '${ALL_FACTORS}'`;
const FAIL = `
  INSERT INTO public.sign_in_failures AS failures (account, origin, count, first_at, last_at)
  SELECT $1::bytea, origin, 1, clock_timestamp(), clock_timestamp()
    FROM unnest($2::text[]) AS origin WHERE $3 ORDER BY origin
  ON CONFLICT (account, origin) DO UPDATE SET
    (count, first_at, last_at) = (
      SELECT CASE WHEN over THEN 1 ELSE failures.count + 1 END,
             CASE WHEN over THEN excluded.first_at ELSE failures.first_at END,
             excluded.last_at
        FROM (SELECT CASE WHEN failures.origin IN ${WHOLE}
                          THEN failures.first_at <= clock_timestamp() - ${ACCOUNT_WINDOW}
                          ELSE failures.last_at <= clock_timestamp() - make_interval(secs => $4)
                      END AS over) AS age)
  RETURNING origin, count`;

/**
 * Slows down guessing: per account and source, and per account over all sources. The counts are in
 * the database, so all replicas share them and a loss of Redis does not reset them. Devices that
 * have signed in before (OWASP "Slow Down Online Guessing Attacks with Device Cookies") have their
 * own counts, so that nobody can lock an owner out. SQL by hand: each sign-in runs it, and a count is
 * written as it is read.
 */
@Injectable()
export class Lockout {
  private readonly lockouts = metrics.getMeter('users').createCounter('lockouts_total', {
    description: 'Lockouts, by kind.',
    unit: '{lockout}',
  });

  constructor(
    private readonly database: Database,
    @Inject(limitsConfig.KEY) private readonly config: ConfigType<typeof limitsConfig>,
  ) {
    for (const kind of ['account', 'device', 'source'] as const) this.lockouts.add(0, { kind });
  }

  /** Whether an attempt must be refused for any password. */
  async refuses(attempt: SignInAttempt): Promise<boolean> {
    const { account, userId, source, deviceId } = attempt;
    const [counts] = await this.database.readPrepared<Counts>(COUNTS, [
      account,
      originOf(attempt),
      userId ?? null,
      source,
    ]);
    const { own_count, own_age_ms, account_count, source_known = false } = counts ?? {};
    if (isDelayed({ count: own_count ?? 0, age: (own_age_ms ?? 0) / 1000 }, this.config.lockout))
      return true;
    if (deviceId !== undefined || source_known) return false;
    return (account_count ?? 0) >= this.config.lockout.accountThreshold;
  }

  /**
   * Records a failure. @param counts false for a refused attempt, whose password was not checked:
   * it costs the same and is not counted.
   */
  failure(attempt: SignInAttempt, counts: boolean): Write {
    const origins =
      attempt.deviceId === undefined ? [WHOLE_ACCOUNT, originOf(attempt)] : [originOf(attempt)];
    const statement = this.failures(attempt, origins, counts);
    return writeOf(
      {
        name: 'sign-in failure',
        last: true,
        alone: true,
        store: async (run) => {
          const { rows } = await run<Failures>(statement);
          this.countLockouts(rows);
        },
      },
      undefined,
    );
  }

  /**
   * Within a transaction: records a wrong second factor.
   * @returns whether it is the one after which unknown sources and devices are refused.
   */
  async factorFailure(attempt: SignInAttempt): Promise<boolean> {
    const { rows } = await runPrepared<Failures>(
      this.database.current,
      this.failures(attempt, [ALL_FACTORS, originOf(attempt)], true),
    );
    this.database.afterCommit(() => this.countLockouts(rows));
    const all = rows.find(({ origin }) => origin === ALL_FACTORS);
    return all?.count === this.config.lockout.accountThreshold;
  }

  private failures({ account }: SignInAttempt, origins: string[], counts: boolean): Statement {
    return { text: FAIL, values: [account, origins, counts, this.config.lockout.windowSeconds] };
  }

  /** Resets the failures of the origin. */
  success(attempt: SignInAttempt): Write {
    return writeBy({ text: FORGIVE, values: [attempt.account, originOf(attempt)] });
  }

  /** Resets all failures of an account, but not those of its second factors together. */
  lift(email: string): Write {
    return writeBy({ text: LIFT, values: [lockoutAccount(email)] });
  }

  /** Each count is returned once, so a lockout is counted once, at its beginning. */
  private countLockouts(failures: readonly Failures[]): void {
    const { threshold, accountThreshold } = this.config.lockout;
    for (const { origin, count } of failures)
      if (count === (kindOf(origin) === 'account' ? accountThreshold : threshold))
        this.lockouts.add(1, { kind: kindOf(origin) });
  }
}

/**
 * An account by the hash of its address: unknown ones are counted like known ones, but never
 * stored.
 */
export function lockoutAccount(email: string): Buffer {
  return createHash('sha256').update(emailKey(email)).digest();
}

function kindOf(origin: string): 'account' | 'device' | 'source' {
  if (origin === WHOLE_ACCOUNT || origin === ALL_FACTORS) return 'account';
  return origin.startsWith('device:') ? 'device' : 'source';
}

function originOf({ source, deviceId }: SignInAttempt): string {
  return deviceId === undefined ? source : `device:${deviceId}`;
}
