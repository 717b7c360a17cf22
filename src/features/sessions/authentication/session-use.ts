import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';

import { authConfig } from '../../../platform/http/access/auth.config.js';
import { Database } from '../../../platform/database/database.js';
import { DependencyUnavailable } from '../../../platform/problems/problem.js';

/** Seconds between two records of the use of a session: a write for each request would cost too much. */
const INTERVAL = 300;

const PROLONG = `
  UPDATE public.sessions
     SET last_used_at = now(),
         expires_at = least(now() + make_interval(secs => $2), created_at + make_interval(secs => $3))
   WHERE id = $1 AND ended_at IS NULL AND expires_at > clock_timestamp()
     AND last_used_at < now() - make_interval(secs => $4)`;

/** Prolongs sessions that are used by cookie: they have no refresh. */
@Injectable()
export class SessionUse {
  private readonly interval: number;

  constructor(
    private readonly database: Database,
    @Inject(authConfig.KEY) private readonly config: ConfigType<typeof authConfig>,
  ) {
    this.interval = Math.min(INTERVAL, Math.floor(config.refreshTokenTtl / 4));
  }

  /** @param idleSeconds since its use was recorded last. */
  async record(sessionId: string, idleSeconds: number): Promise<void> {
    if (idleSeconds <= this.interval) return;
    const { refreshTokenTtl, sessionMax } = this.config;
    try {
      await this.database.write({
        text: PROLONG,
        values: [sessionId, refreshTokenTtl, sessionMax, this.interval],
      });
    } catch (error) {
      // A database that only reads, during a failover: the next request tries again.
      if (!(error instanceof DependencyUnavailable)) throw error;
    }
  }
}
