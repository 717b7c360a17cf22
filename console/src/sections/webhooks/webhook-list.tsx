import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';

import { dataOf } from '../../../../client/user-api.js';
import { act, api } from '../../access/api.js';
import { Badge } from '../../components/badge.js';
import { Dialog, type FormValues } from '../../components/dialog.js';
import { Listing, type PageQuery } from '../../components/listing.js';
import { SecretDialog } from '../../components/secret-dialog.js';
import type { Column } from '../../components/table.js';
import { Time } from '../../components/time.js';
import { useTitle } from '../../components/use-title.js';
import { type Webhook, webhookIn, WEBHOOKS_KEY } from './webhook.js';
import { WebhookFields } from './webhook-fields.js';

const columns: readonly Column<Webhook>[] = [
  {
    heading: 'URL',
    cell: ({ id, url, description }) => (
      <>
        <Link href={`/webhooks/${id}`}>{url}</Link>
        {description !== null && <span className="soft below">{description}</span>}
      </>
    ),
  },
  { heading: 'Status', cell: ({ status }) => <Badge>{status}</Badge> },
  {
    heading: 'Events',
    cell: ({ types }) =>
      types.includes('*') ? 'all' : <code className="words">{types.join(', ')}</code>,
    secondary: true,
  },
  { heading: 'Created', cell: (webhook) => <Time at={webhook.created_at} />, secondary: true },
];

const read = (query: PageQuery, _: unknown, signal: AbortSignal) =>
  dataOf(api.GET('/admin/webhooks', { params: { query }, signal }));

/** Receivers of events. */
export default function Webhooks() {
  useTitle('Webhooks');
  const queries = useQueryClient();
  const [creating, setCreating] = useState(false);
  const [secret, setSecret] = useState<string>();
  const create = async (value: FormValues) => {
    const { data } = await act(() => api.POST('/admin/webhooks', { body: webhookIn(value) }));
    await queries.invalidateQueries({ queryKey: WEBHOOKS_KEY });
    setCreating(false);
    setSecret(data.secret);
  };
  return (
    <>
      <div className="heading">
        <h1>Webhooks</h1>
        <button type="button" className="primary" onClick={() => setCreating(true)}>
          Create webhook
        </button>
      </div>
      <Listing
        caption="Webhooks"
        columns={columns}
        empty="No webhooks yet."
        queryKey={[...WEBHOOKS_KEY, 'list']}
        read={read}
      />
      {creating && (
        <Dialog
          title="Create webhook"
          submit="Create"
          onClose={() => setCreating(false)}
          onSubmit={create}
        >
          <WebhookFields />
        </Dialog>
      )}
      {secret !== undefined && (
        <SecretDialog
          title="The secret of the webhook"
          label="Secret"
          secret={secret}
          onClose={() => setSecret(undefined)}
        />
      )}
    </>
  );
}
