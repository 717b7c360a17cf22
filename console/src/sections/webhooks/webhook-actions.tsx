import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';

import type { Schema } from '../../../../client/user-api.js';
import { eventTypes } from '../../../../client/values.js';
import { act, api } from '../../access/api.js';
import { Checkboxes } from '../../components/checkboxes.js';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { Dialog } from '../../components/dialog.js';
import { Field } from '../../components/field.js';
import { GraceField } from '../../components/grace-field.js';
import { notice } from '../../components/notices.js';
import { ProblemNote } from '../../components/problem-note.js';
import { SecretDialog } from '../../components/secret-dialog.js';
import { type Webhook, webhookIn, WEBHOOKS_KEY } from './webhook.js';
import { WebhookFields } from './webhook-fields.js';

/** What can be done with a webhook. */
export function WebhookActions({ webhook }: { webhook: Webhook }) {
  const queries = useQueryClient();
  const [, goTo] = useLocation();
  const [dialog, setDialog] = useState<ReactNode>();
  const [error, setError] = useState<Error>();
  const close = () => setDialog(undefined);
  const params = { path: { webhookId: webhook.id } };
  const done = async (text: string) => {
    setError(undefined);
    await queries.invalidateQueries({ queryKey: WEBHOOKS_KEY });
    notice(text);
  };
  const change = async (body: Schema<'UpdateWebhook'>, text: string) => {
    await act(() => api.PATCH('/admin/webhooks/{webhookId}', { params, body }));
    await done(text);
  };
  /** What a replay may send. */
  const sent = eventTypes.filter(
    (type) => webhook.types.includes('*') || webhook.types.includes(type),
  );
  const paused = webhook.status === 'paused';
  const pauseOrResume = () =>
    change(
      { status: paused ? 'active' : 'paused' },
      paused ? 'Deliveries go on.' : 'Events wait until the webhook is resumed.',
    );
  const test = async () => {
    await act(() => api.POST('/admin/webhooks/{webhookId}/test', { params }));
    await done('A test event is on its way.');
  };
  const edit = () =>
    setDialog(
      <Dialog
        title="Edit webhook"
        submit="Save"
        onClose={close}
        onSubmit={async (value) => {
          await change(webhookIn(value), 'Webhook changed.');
          close();
        }}
      >
        <WebhookFields of={webhook} />
      </Dialog>,
    );
  const rotate = () =>
    setDialog(
      <Dialog
        title="Rotate the secret"
        submit="Rotate"
        onClose={close}
        onSubmit={async (value) => {
          const body = { grace_seconds: Number(value('grace_seconds')) };
          const { data } = await act(() =>
            api.POST('/admin/webhooks/{webhookId}/rotate-secret', { params, body }),
          );
          setDialog(
            <SecretDialog
              title="The new secret"
              label="Secret"
              secret={data.secret}
              onClose={close}
            />,
          );
        }}
      >
        <GraceField hint="So long both secrets sign." />
      </Dialog>,
    );
  const replay = () =>
    setDialog(
      <Dialog
        title="Replay events"
        submit="Replay"
        onClose={close}
        onSubmit={async (value) => {
          const types = value.all('types') as typeof sent;
          const body = { since: new Date(value('since')).toISOString(), types };
          await act(() => api.POST('/admin/webhooks/{webhookId}/replay', { params, body }));
          close();
          await done('Past events are delivered once more.');
        }}
      >
        <Field label="Since" name="since" type="datetime-local" required autoFocus />
        <Checkboxes legend="Events" name="types" words={sent} chosen={sent} />
      </Dialog>,
    );
  const remove = () =>
    setDialog(
      <ConfirmDialog
        title="Delete the webhook?"
        submit="Delete"
        onClose={close}
        act={async () => {
          await act(() => api.DELETE('/admin/webhooks/{webhookId}', { params }));
          goTo('/webhooks');
          await done('Webhook deleted.');
        }}
      >
        <p>Its deliveries go with it. Pause it to keep them.</p>
      </ConfirmDialog>,
    );
  return (
    <>
      <div className="actions" role="group" aria-label="Actions">
        <button type="button" onClick={edit}>
          Edit
        </button>
        <button type="button" onClick={() => void pauseOrResume().catch(setError)}>
          {paused ? 'Resume' : 'Pause'}
        </button>
        <button type="button" onClick={() => void test().catch(setError)}>
          Send a test
        </button>
        <button type="button" onClick={replay}>
          Replay
        </button>
        <button type="button" onClick={rotate}>
          Rotate secret
        </button>
        <button type="button" className="danger" onClick={remove}>
          Delete
        </button>
      </div>
      <ProblemNote error={error} />
      {dialog}
    </>
  );
}
