import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { dataOf } from '../../../../client/user-api.js';
import { act, api } from '../../access/api.js';
import { Badge } from '../../components/badge.js';
import { useFilters, WordFilter } from '../../components/filters.js';
import { Listing } from '../../components/listing.js';
import { notice } from '../../components/notices.js';
import { ProblemNote } from '../../components/problem-note.js';
import type { Column } from '../../components/table.js';
import { Time } from '../../components/time.js';
import { type Delivery, webhookKey } from './webhook.js';

const states = ['pending', 'delivered', 'dead'] as const;

const columns: readonly Column<Delivery>[] = [
  {
    heading: 'Event',
    cell: ({ type, event_id: id }) => (
      <code className="word" title={id}>
        {type}
      </code>
    ),
  },
  { heading: 'State', cell: ({ state }) => <Badge>{state}</Badge> },
  { heading: 'Attempts', cell: ({ attempts }) => attempts, secondary: true },
  { heading: 'Next attempt', cell: (delivery) => <Time at={delivery.next_at} />, secondary: true },
  {
    heading: 'Answer',
    cell: ({ answer }) =>
      answer === null ? '–' : <span className="address">{`${answer.status} ${answer.body}`}</span>,
    secondary: true,
  },
];

/** What was sent to a webhook, and what became of it. */
export function Deliveries({ webhookId }: { webhookId: string }) {
  const filters = useFilters();
  const queries = useQueryClient();
  const [error, setError] = useState<Error>();
  const queryKey = [...webhookKey(webhookId), 'deliveries'];
  const retry = async (deliveryId: string) => {
    setError(undefined);
    const params = { path: { deliveryId } };
    await act(() => api.POST('/admin/webhooks/deliveries/{deliveryId}/retry', { params }));
    await queries.invalidateQueries({ queryKey });
    notice('The delivery is tried again.');
  };
  const action: Column<Delivery> = {
    heading: 'Action',
    cell: ({ id, state }) =>
      state !== 'delivered' && (
        <button type="button" onClick={() => void retry(id).catch(setError)}>
          Retry
        </button>
      ),
  };
  return (
    <section aria-labelledby="deliveries">
      <div className="heading">
        <h2 id="deliveries">Deliveries</h2>
        <div className="buttons">
          <WordFilter label="State" name="state" filters={filters} words={states} />
          <button type="button" onClick={() => void queries.invalidateQueries({ queryKey })}>
            Refresh
          </button>
        </div>
      </div>
      <ProblemNote error={error} />
      <Listing
        caption="Deliveries"
        columns={[...columns, action]}
        empty="No delivery matches."
        queryKey={queryKey}
        filters={filters.filters}
        read={(page, { state }, signal) => {
          const query = { ...page, ...(state && { state: state as Delivery['state'] }) };
          const params = { path: { webhookId }, query };
          return dataOf(api.GET('/admin/webhooks/{webhookId}/deliveries', { params, signal }));
        }}
      />
    </section>
  );
}
