import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { dataOf, type Schema } from '../../../../../client/user-api.js';
import { act, api } from '../../../access/api.js';
import { ConfirmDialog } from '../../../components/confirm-dialog.js';
import { notice } from '../../../components/notices.js';
import { type Column, Table } from '../../../components/table.js';
import { Time } from '../../../components/time.js';
import { userKey } from '../user.js';
import { Part } from './part.js';

type Identity = Schema<'Identity'>;

const columns: readonly Column<Identity>[] = [
  { heading: 'Provider', cell: ({ provider, issuer }) => <span title={issuer}>{provider}</span> },
  {
    heading: 'Address there',
    cell: ({ email }) => <span className="address">{email ?? '–'}</span>,
  },
  {
    heading: 'Last used',
    cell: (identity) => <Time at={identity.last_used_at} />,
    secondary: true,
  },
  { heading: 'Linked', cell: (identity) => <Time at={identity.created_at} />, secondary: true },
];

/** Identities at providers that sign a user in. */
export function UserIdentities({ id }: { id: string }) {
  const queries = useQueryClient();
  const [unlinking, setUnlinking] = useState<Identity>();
  const read = (signal: AbortSignal) =>
    dataOf(api.GET('/users/{id}/identities', { params: { path: { id } }, signal }));
  const unlink = async (identityId: string) => {
    const params = { path: { id, identityId } };
    await act(() => api.DELETE('/users/{id}/identities/{identityId}', { params }));
    await queries.invalidateQueries({ queryKey: userKey(id) });
    notice('Identity unlinked.');
  };
  const action: Column<Identity> = {
    heading: 'Action',
    cell: (identity) => (
      <button type="button" className="danger" onClick={() => setUnlinking(identity)}>
        Unlink
      </button>
    ),
  };
  return (
    <>
      <Part title="Identities" queryKey={[...userKey(id), 'identities']} read={read}>
        {({ items }) => (
          <Table
            caption="Identities"
            columns={[...columns, action]}
            rows={items}
            keyOf={(identity) => identity.id}
            empty="None linked."
          />
        )}
      </Part>
      {unlinking && (
        <ConfirmDialog
          title={`Unlink ${unlinking.provider}?`}
          submit="Unlink"
          onClose={() => setUnlinking(undefined)}
          act={() => unlink(unlinking.id)}
        >
          <p>The user no longer signs in through it, and is told by mail.</p>
        </ConfirmDialog>
      )}
    </>
  );
}
