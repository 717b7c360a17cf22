import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';

import { dataOf } from '../../../../client/user-api.js';
import { api } from '../../access/api.js';
import { Badge } from '../../components/badge.js';
import { Fact } from '../../components/fact.js';
import { Loading } from '../../components/loading.js';
import { ProblemNote } from '../../components/problem-note.js';
import { Time } from '../../components/time.js';
import { useTitle } from '../../components/use-title.js';
import { Deliveries } from './deliveries.js';
import { webhookKey } from './webhook.js';
import { WebhookActions } from './webhook-actions.js';

/** One webhook with its deliveries. */
export default function WebhookView({ id }: { id: string }) {
  useTitle('Webhook');
  const { data: webhook, error } = useQuery({
    queryKey: [...webhookKey(id), 'itself'],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/admin/webhooks/{webhookId}', { params: { path: { webhookId: id } }, signal }),
      ),
  });
  if (webhook === undefined) return error ? <ProblemNote error={error} /> : <Loading />;
  return (
    <>
      <p className="trail">
        <Link href="/webhooks">Webhooks</Link>
      </p>
      <div className="heading named">
        <h1 className="address">{webhook.url}</h1>
        <Badge>{webhook.status}</Badge>
      </div>
      <WebhookActions webhook={webhook} />
      <section className="card" aria-label="Webhook">
        <dl>
          <Fact name="Description" wide>
            {webhook.description ?? '–'}
          </Fact>
          <Fact name="Events">
            {webhook.types.includes('*') ? 'all' : webhook.types.join(', ')}
          </Fact>
          <Fact name="Created">
            <Time at={webhook.created_at} />
          </Fact>
          <Fact name="Changed">
            <Time at={webhook.updated_at} />
          </Fact>
        </dl>
      </section>
      <Deliveries webhookId={id} />
    </>
  );
}
