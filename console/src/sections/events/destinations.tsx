import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';

import { dataOf } from '../../../../client/user-api.js';
import { api } from '../../access/api.js';
import { Badge } from '../../components/badge.js';
import { Loading } from '../../components/loading.js';
import { ProblemNote } from '../../components/problem-note.js';
import { type Column, Table } from '../../components/table.js';
import { Time } from '../../components/time.js';

const REFRESH_MS = 5_000;

/** Where events go, and how far it is behind. */
interface Row {
  readonly key: string;
  readonly name: ReactNode;
  readonly state?: string;
  /** Unknown of a single webhook. */
  readonly waiting?: number;
  readonly oldestSeconds: number;
}

const columns: readonly Column<Row>[] = [
  { heading: 'Destination', cell: ({ name }) => name },
  { heading: 'Status', cell: ({ state }) => (state ? <Badge>{state}</Badge> : '–') },
  { heading: 'Waiting', cell: ({ waiting }) => waiting ?? '–', secondary: true },
  {
    heading: 'Oldest',
    cell: ({ oldestSeconds }) => <span className="word">{age(oldestSeconds)}</span>,
  },
];

const units = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
] as const;

/** A time span in its largest unit. */
function age(seconds: number): string {
  if (seconds === 0) return '–';
  const [size, unit] = units.find(([length]) => seconds >= length) ?? [1, 's'];
  return `${Math.floor(seconds / size)} ${unit}`;
}

/** Destinations, and the webhooks among them that are behind. */
export function Destinations() {
  const { data, error } = useQuery({
    queryKey: ['events', 'status'],
    queryFn: readAll,
    refetchInterval: REFRESH_MS,
  });
  if (data === undefined) return error ? <ProblemNote error={error} /> : <Loading />;
  const { status, rows } = data;
  return (
    <section className="card" aria-labelledby="destinations">
      <h2 id="destinations">Destinations</h2>
      <ProblemNote error={error} />
      <Table
        caption="Destinations"
        columns={columns}
        rows={rows}
        keyOf={({ key }) => key}
        empty="No destinations: no events are stored."
      />
      <p className="soft">
        Relays at work: {status.relays}. Stored since <Time at={status.oldest_event} />.
      </p>
    </section>
  );
}

async function readAll({ signal }: { signal: AbortSignal }) {
  const [status, { items: behind }] = await Promise.all([
    dataOf(api.GET('/admin/events/status', { signal })),
    dataOf(api.GET('/admin/webhooks/backlog', { signal })),
  ]);
  const rows: Row[] = [
    ...status.destinations.map(({ destination, waiting, oldest_seconds: oldestSeconds }) => ({
      key: destination,
      name: destination,
      waiting,
      oldestSeconds,
    })),
    ...behind.map(({ id, url, status: state, oldest_seconds: oldestSeconds }) => ({
      key: id,
      name: <Link href={`/webhooks/${id}`}>{url}</Link>,
      state,
      oldestSeconds,
    })),
  ];
  return { status, rows };
}
