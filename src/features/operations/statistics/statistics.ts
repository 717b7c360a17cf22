import { Injectable } from '@nestjs/common';

import {
  DailyFigures,
  type FigureName,
  type FigureOfDay,
} from '../../../platform/figures/daily-figures.js';
import { percentile } from './percentile.js';
import type { DayStatistics, StatisticsResponse } from './statistics.schemas.js';

const DAY_MS = 86_400_000;

/** What happened on the last days, from counts by day: no table of users or of acts is read. */
@Injectable()
export class Statistics {
  constructor(private readonly figures: DailyFigures) {}

  /** @throws DependencyUnavailable */
  async ofLast(days: number): Promise<StatisticsResponse> {
    const byDay = Map.groupBy(await this.figures.lastDays(days), ({ day }) => day);
    const today = new Date();
    const names = Array.from({ length: days }, (_, index) =>
      new Date(today.getTime() - (days - 1 - index) * DAY_MS).toISOString().slice(0, 10),
    );
    return { days: names.map((day) => statisticsOf(day, byDay.get(day) ?? [])) };
  }
}

function statisticsOf(day: string, figures: readonly FigureOfDay[]): DayStatistics {
  const counts = (name: FigureName) =>
    Object.fromEntries(
      figures.filter(({ figure }) => figure === name).map(({ label, count }) => [label, count]),
    );
  const requests = counts('requests');
  const latency = Object.entries(counts('latency')).map(([bound, count]) => ({
    bound: Number(bound),
    count,
  }));
  return {
    day,
    sign_ups: counts('sign-ups'),
    sign_ins: counts('sign-ins'),
    mails: counts('mails'),
    requests: Object.values(requests).reduce((sum, count) => sum + count, 0),
    errors: requests['5xx'] ?? 0,
    latency_ms:
      latency.length === 0
        ? null
        : {
            p50: percentile(latency, 0.5),
            p95: percentile(latency, 0.95),
            p99: percentile(latency, 0.99),
          },
  };
}
