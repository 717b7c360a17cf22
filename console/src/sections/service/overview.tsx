import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';

import { dataOf, type Schema } from '../../../../client/user-api.js';
import { api } from '../../access/api.js';
import { Badge } from '../../components/badge.js';
import { Loading } from '../../components/loading.js';
import { ProblemNote } from '../../components/problem-note.js';
import { type Column, Table } from '../../components/table.js';
import { Time } from '../../components/time.js';
import { LogLevelDialog } from './log-level-dialog.js';

type State = Schema<'Overview'>;
type Queue = NonNullable<State['queues']>[number];

export const OVERVIEW_KEY = ['overview'] as const;
const REFRESH_MS = 5_000;

const queueColumns: readonly Column<Queue>[] = [
  { heading: 'Queue', cell: ({ queue }) => <code className="word">{queue}</code> },
  { heading: 'Waiting', cell: ({ waiting }) => waiting },
  { heading: 'Active', cell: ({ active }) => active },
  { heading: 'Failed', cell: ({ failed }) => failed },
];

const checkNames: Readonly<Record<string, string>> = {
  database: 'Database',
  redis: 'Redis',
  external_apis: 'Mail and payments',
};

/** The replica that answers, as it is now. */
export function Overview() {
  const [editing, setEditing] = useState(false);
  const { data, error } = useQuery({
    queryKey: OVERVIEW_KEY,
    queryFn: ({ signal }) => dataOf(api.GET('/admin/overview', { signal })),
    refetchInterval: REFRESH_MS,
  });
  if (data === undefined) return error ? <ProblemNote error={error} /> : <Loading />;
  return (
    <>
      <ProblemNote error={error} />
      <div className="tiles">
        <Tile title="Version">
          <strong>{data.version}</strong>
          <span className="soft">
            {data.environment}
            {data.pod === null ? '' : ` · ${data.pod}`}
          </span>
        </Tile>
        <Tile title="Readiness">
          {Object.entries(data.checks).map(([name, up]) => (
            <Line key={name} name={checkNames[name] ?? name}>
              <Badge>{up ? 'up' : 'down'}</Badge>
            </Line>
          ))}
        </Tile>
        <Tile title="Database pool">
          <Pool pool={data.pool} />
        </Tile>
        <Tile title="Breakers">
          {data.breakers.map(({ name, state }) => (
            <Line key={name} name={name}>
              <Badge>{state}</Badge>
            </Line>
          ))}
        </Tile>
        <Tile title="Log level">
          <strong>{data.log_level}</strong>
          {data.log_level_until !== null && (
            <span className="soft">
              until <Time at={data.log_level_until} />
            </span>
          )}
          <button type="button" onClick={() => setEditing(true)}>
            Change
          </button>
        </Tile>
      </div>
      <section className="card" aria-labelledby="queues">
        <h2 id="queues">Queues</h2>
        {data.queues === null ? (
          <p className="empty">Unknown while the database is down.</p>
        ) : (
          <Table
            caption="Queues"
            columns={queueColumns}
            rows={data.queues}
            keyOf={({ queue }) => queue}
            empty="None."
          />
        )}
      </section>
      {editing && <LogLevelDialog level={data.log_level} onClose={() => setEditing(false)} />}
    </>
  );
}

function Pool({ pool: { active, idle, waiting, max } }: { pool: State['pool'] }) {
  return (
    <>
      <strong>
        {active} of {max} in use
      </strong>
      <span className="soft">
        {idle} idle, {waiting} waiting
      </span>
    </>
  );
}

function Tile({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="card tile" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <p className="line">
      <span>{name}</span>
      {children}
    </p>
  );
}
