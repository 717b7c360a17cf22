import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';

import { usersConfig } from '../users/users.config.js';
import { Database, LONG_STATEMENT } from '../../platform/database/database.js';

/** Number of active accounts with a property. */
export interface UserFigure {
  readonly property: 'status' | 'tier' | 'source' | 'day';
  readonly value: string;
  readonly count: number;
}

/** Number of days with a separate count of sign-ups. */
const DAYS = 30;

/** Business figures about users, for `export-metrics`. */
@Injectable()
export class UserStatistics {
  constructor(
    private readonly database: Database,
    @Inject(usersConfig.KEY) private readonly config: ConfigType<typeof usersConfig>,
  ) {}

  /** Living users by status, tier and source (unknown ones as `other`), and by day of sign-up. */
  async figures(): Promise<UserFigure[]> {
    return this.database.transaction((manager) => {
      return manager.query<UserFigure[]>(
        `WITH counted AS (
           SELECT status, tier, CASE WHEN source = ANY ($1) THEN source ELSE 'other' END AS source,
                  CASE WHEN created_at >= date_trunc('day', now(), 'UTC') - make_interval(days => $2)
                       THEN to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') END AS day
             FROM public.users WHERE deleted_at IS NULL)
         SELECT CASE WHEN grouping(status) = 0 THEN 'status' WHEN grouping(tier) = 0 THEN 'tier'
                     WHEN grouping(source) = 0 THEN 'source' ELSE 'day' END AS property,
                coalesce(status, tier, source, day) AS value, count(*)::int AS count
           FROM counted GROUP BY GROUPING SETS (status, tier, source, day)
         HAVING coalesce(status, tier, source, day) IS NOT NULL
          ORDER BY 1, 2`,
        [this.config.signupSources, DAYS],
      );
    }, LONG_STATEMENT);
  }
}
