import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';

import { dataOf } from '../../../../client/user-api.js';
import { act, api } from '../../access/api.js';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { Dialog } from '../../components/dialog.js';
import { GraceField } from '../../components/grace-field.js';
import { Listing, type PageQuery } from '../../components/listing.js';
import { notice } from '../../components/notices.js';
import { SecretDialog } from '../../components/secret-dialog.js';
import type { Column } from '../../components/table.js';
import { Time } from '../../components/time.js';
import { useTitle } from '../../components/use-title.js';
import { type ApiKey, type IssuedKey, KeyFields, type Scope } from './key-fields.js';

const API_KEYS_KEY = ['api-keys'] as const;

const columns: readonly Column<ApiKey>[] = [
  {
    heading: 'Name',
    cell: ({ name, prefix }) => (
      <>
        {name}
        <code className="soft below">{prefix}…</code>
      </>
    ),
  },
  {
    heading: 'Scopes',
    cell: ({ scopes }) => <code className="words">{scopes.join(', ')}</code>,
    secondary: true,
  },
  { heading: 'Last used', cell: (key) => <Time at={key.last_used_at} />, secondary: true },
  { heading: 'Expires', cell: (key) => <Time at={key.expires_at} />, secondary: true },
];

const read = (query: PageQuery, _: unknown, signal: AbortSignal) =>
  dataOf(api.GET('/admin/api-keys', { params: { query }, signal }));

/** Keys of other services. */
export default function ApiKeys() {
  useTitle('API keys');
  const queries = useQueryClient();
  const [dialog, setDialog] = useState<ReactNode>();
  const close = () => setDialog(undefined);
  const done = async (text: string) => {
    await queries.invalidateQueries({ queryKey: API_KEYS_KEY });
    notice(text);
  };
  const show = async ({ key }: IssuedKey, text: string) => {
    await done(text);
    setDialog(<SecretDialog title="The API key" label="Key" secret={key} onClose={close} />);
  };
  const create = () =>
    setDialog(
      <Dialog
        title="Create API key"
        submit="Create"
        onClose={close}
        onSubmit={async (value) => {
          const days = value('expires_in_days');
          const body = {
            name: value('name'),
            scopes: value.all('scopes') as Scope[],
            ...(days !== '' && { expires_in_days: Number(days) }),
          };
          const { data } = await act(() => api.POST('/admin/api-keys', { body }));
          await show(data, 'API key created.');
        }}
      >
        <KeyFields />
      </Dialog>,
    );
  const edit = (key: ApiKey) =>
    setDialog(
      <Dialog
        title={`Edit ${key.name}`}
        submit="Save"
        onClose={close}
        onSubmit={async (value) => {
          const body = { name: value('name'), scopes: value.all('scopes') as Scope[] };
          const params = { path: { keyId: key.id } };
          await act(() => api.PATCH('/admin/api-keys/{keyId}', { params, body }));
          close();
          await done('API key changed.');
        }}
      >
        <KeyFields of={key} />
      </Dialog>,
    );
  const rotate = ({ id, name }: ApiKey) =>
    setDialog(
      <Dialog
        title={`Rotate ${name}`}
        submit="Rotate"
        onClose={close}
        onSubmit={async (value) => {
          const body = { grace_seconds: Number(value('grace_seconds')) };
          const params = { path: { keyId: id } };
          const { data } = await act(() =>
            api.POST('/admin/api-keys/{keyId}/rotate', { params, body }),
          );
          await show(data, 'API key rotated.');
        }}
      >
        <GraceField hint="So long the key of now is valid beside the new one." />
      </Dialog>,
    );
  const revoke = ({ id, name }: ApiKey) =>
    setDialog(
      <ConfirmDialog
        title={`Revoke ${name}?`}
        submit="Revoke"
        onClose={close}
        act={async () => {
          const params = { path: { keyId: id } };
          await act(() => api.DELETE('/admin/api-keys/{keyId}', { params }));
          await done('API key revoked.');
        }}
      >
        <p>Whoever uses it is refused within seconds.</p>
      </ConfirmDialog>,
    );
  const actions: Column<ApiKey> = {
    heading: 'Actions',
    cell: (key) => (
      <div className="buttons">
        <button type="button" onClick={() => edit(key)}>
          Edit
        </button>
        <button type="button" onClick={() => rotate(key)}>
          Rotate
        </button>
        <button type="button" className="danger" onClick={() => revoke(key)}>
          Revoke
        </button>
      </div>
    ),
  };
  return (
    <>
      <div className="heading">
        <h1>API keys</h1>
        <button type="button" className="primary" onClick={create}>
          Create API key
        </button>
      </div>
      <Listing
        caption="API keys"
        columns={[...columns, actions]}
        empty="No keys yet."
        queryKey={API_KEYS_KEY}
        read={read}
      />
      {dialog}
    </>
  );
}
