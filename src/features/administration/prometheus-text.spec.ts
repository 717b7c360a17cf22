import { toPrometheus } from './prometheus-text.js';

const taken_at = '2026-11-22T20:00:00.500Z';

describe('toPrometheus', () => {
  it('writes a family per property, with help, type and labels', () => {
    const text = toPrometheus({
      taken_at,
      users: [
        { property: 'status', value: 'active', count: 3 },
        { property: 'status', value: 'suspended', count: 1 },
        { property: 'day', value: '2026-11-22', count: 2 },
      ],
      jobs: [{ queue: 'email', state: 'failed', count: 4 }],
    });
    expect(text).toBe(`# HELP users_by_status Living users by status.
# TYPE users_by_status gauge
users_by_status{status="active"} 3
users_by_status{status="suspended"} 1
# HELP users_by_day Living users by day of sign-up (UTC, last 30 days).
# TYPE users_by_day gauge
users_by_day{day="2026-11-22"} 2
# HELP jobs_stored Jobs in the database by queue and state.
# TYPE jobs_stored gauge
jobs_stored{queue="email",state="failed"} 4
# HELP export_timestamp_seconds When these figures were taken.
# TYPE export_timestamp_seconds gauge
export_timestamp_seconds 1795377600.5
`);
  });

  it('escapes what would break a label', () => {
    const users = [{ property: 'source', value: 'a"b\\c\nd', count: 1 }] as const;
    expect(toPrometheus({ taken_at, users, jobs: [] })).toContain(
      String.raw`users_by_source{source="a\"b\\c\nd"} 1`,
    );
  });
});
