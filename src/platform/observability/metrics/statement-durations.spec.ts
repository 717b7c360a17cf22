import { AggregationTemporality } from '@opentelemetry/sdk-metrics';

import { operationOf, StatementDurations } from './statement-durations.js';

async function countsOf(durations: StatementDurations): Promise<Record<string, number>> {
  const producer = durations.producer(AggregationTemporality.CUMULATIVE);
  const { resourceMetrics } = await producer.collect();
  const points = resourceMetrics.scopeMetrics[0]?.metrics[0]?.dataPoints ?? [];
  return Object.fromEntries(
    points.map(({ attributes, value }) => [
      String(attributes['operation']),
      (value as { count: number }).count,
    ]),
  );
}

describe('StatementDurations', () => {
  it.each([
    ['SELECT 1', 'SELECT'],
    ['\n  insert INTO users VALUES ($1)', 'INSERT'],
    ['UPDATE users SET name = $1', 'UPDATE'],
    ['DELETE FROM users', 'DELETE'],
    ['BEGIN', 'BEGIN'],
    ['START TRANSACTION', 'BEGIN'],
    ['COMMIT', 'COMMIT'],
    ['ROLLBACK', 'ROLLBACK'],
    ['WITH write_0 AS (INSERT INTO a VALUES (1)) SELECT 1', 'INSERT'],
    ['LISTEN jobs', 'other'],
    ['CONSTRUCTOR', 'other'],
    ['', 'other'],
  ])('counts %j as %s', async (text, operation) => {
    const durations = new StatementDurations();
    durations.of(operationOf(text)).record(0.002);
    const counts = await countsOf(durations);
    expect(Object.entries(counts).filter(([, count]) => count > 0)).toEqual([[operation, 1]]);
  });

  it('starts every operation at zero', async () => {
    expect(await countsOf(new StatementDurations())).toEqual({
      SELECT: 0,
      INSERT: 0,
      UPDATE: 0,
      DELETE: 0,
      BEGIN: 0,
      COMMIT: 0,
      ROLLBACK: 0,
      other: 0,
    });
  });
});
