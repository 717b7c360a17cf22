import { dataOf, type Schema } from '../../../../client/user-api.js';
import { auditActions } from '../../../../client/values.js';
import { api } from '../../access/api.js';
import { TypedFilter, useFilters, WordFilter } from '../../components/filters.js';
import { Listing, type PageQuery } from '../../components/listing.js';
import type { Column } from '../../components/table.js';
import { Time } from '../../components/time.js';
import { useTitle } from '../../components/use-title.js';
import { UserLink } from '../../components/user-link.js';

type Act = Schema<'AuditPage'>['items'][number];

const columns: readonly Column<Act>[] = [
  { heading: 'When', cell: ({ at }) => <Time at={at} /> },
  { heading: 'Action', cell: ({ action }) => <code className="word">{action}</code> },
  {
    heading: 'Actor',
    cell: ({ actor, ip }) => (
      <>
        {actor.kind}
        {actor.kind === 'user' && <UserLink id={actor.id} />}
        {ip !== null && <span className="soft below">{ip}</span>}
      </>
    ),
  },
  { heading: 'Target', cell: ({ target_id: id }) => <UserLink id={id} />, secondary: true },
  {
    heading: 'Details',
    cell: ({ details }) => <code className="address">{JSON.stringify(details)}</code>,
    secondary: true,
  },
];

const instant = (local: string) => new Date(local).toISOString();

function read(
  page: PageQuery,
  { action, actor, target, since, until }: Readonly<Record<string, string>>,
  signal: AbortSignal,
) {
  const query = {
    ...page,
    ...(action && { action: action as (typeof auditActions)[number] }),
    ...(actor && { actor_id: actor }),
    ...(target && { target_id: target }),
    ...(since && { since: instant(since) }),
    ...(until && { until: instant(until) }),
  };
  return dataOf(api.GET('/admin/audit', { params: { query }, signal }));
}

/** What was done by whom, and to whom. */
export default function Audit() {
  useTitle('Audit');
  const filters = useFilters();
  return (
    <>
      <div className="heading">
        <h1>Audit</h1>
      </div>
      <search className="filters">
        <WordFilter label="Action" name="action" filters={filters} words={auditActions} />
        <TypedFilter label="Actor" name="actor" filters={filters} placeholder="id" />
        <TypedFilter label="Target" name="target" filters={filters} placeholder="id" />
        <TypedFilter label="From" name="since" filters={filters} type="datetime-local" />
        <TypedFilter label="Until" name="until" filters={filters} type="datetime-local" />
      </search>
      <Listing
        caption="Acts"
        columns={columns}
        empty="No act matches."
        queryKey={['audit']}
        filters={filters.filters}
        read={read}
      />
    </>
  );
}
