import { Link } from 'wouter';

import { dataOf, type Schema } from '../../../../client/user-api.js';
import { eventTypes } from '../../../../client/values.js';
import { api } from '../../access/api.js';
import { TypedFilter, useFilters, WordFilter } from '../../components/filters.js';
import { Listing, type PageQuery } from '../../components/listing.js';
import type { Column } from '../../components/table.js';
import { Time } from '../../components/time.js';
import { useTitle } from '../../components/use-title.js';
import { UserLink } from '../../components/user-link.js';
import { Destinations } from './destinations.js';

type StoredEvent = Schema<'EventPage'>['items'][number];

const columns: readonly Column<StoredEvent>[] = [
  { heading: 'When', cell: ({ time }) => <Time at={time} /> },
  { heading: 'Type', cell: ({ type }) => <code className="word">{type}</code> },
  { heading: 'User', cell: ({ user_id: id }) => <UserLink id={id} /> },
  { heading: 'Sequence', cell: ({ sequence }) => sequence, secondary: true },
  { heading: 'Event', cell: ({ id }) => <code>{id}</code>, secondary: true },
];

function read(
  page: PageQuery,
  { type, user }: Readonly<Record<string, string>>,
  signal: AbortSignal,
) {
  const query = { ...page, ...(type && { type }), ...(user && { user_id: user }) };
  return dataOf(api.GET('/admin/events', { params: { query }, signal }));
}

/** What other services learn: where events go, what waits, and those that are stored. */
export default function Events() {
  useTitle('Events');
  const filters = useFilters();
  return (
    <>
      <div className="heading">
        <h1>Events</h1>
        <Link className="button" href="/webhooks">
          Replay to a webhook
        </Link>
      </div>
      <Destinations />
      <section aria-labelledby="stored">
        <div className="heading">
          <h2 id="stored">Stored events</h2>
        </div>
        <search className="filters">
          <WordFilter label="Type" name="type" filters={filters} words={eventTypes} />
          <TypedFilter label="User" name="user" filters={filters} placeholder="id" />
        </search>
        <Listing
          caption="Stored events"
          columns={columns}
          empty="No event matches. Events are stored while there is a destination."
          queryKey={['events', 'stored']}
          filters={filters.filters}
          read={read}
        />
      </section>
    </>
  );
}
