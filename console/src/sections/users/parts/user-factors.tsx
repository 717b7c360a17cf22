import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { dataOf, type Schema } from '../../../../../client/user-api.js';
import { act, api } from '../../../access/api.js';
import { Dialog } from '../../../components/dialog.js';
import { notice } from '../../../components/notices.js';
import { type Column, Table } from '../../../components/table.js';
import { Time } from '../../../components/time.js';
import { userKey } from '../user.js';
import { Part } from './part.js';

type Factor = Schema<'Factor'>;

const kinds: Readonly<Record<string, string>> = {
  totp: 'Authenticator app',
  passkey: 'Passkey',
  recovery_codes: 'Recovery codes',
};

const columns: readonly Column<Factor>[] = [
  { heading: 'Kind', cell: ({ type }) => kinds[type] ?? type },
  { heading: 'Name', cell: ({ name }) => name ?? '–' },
  { heading: 'Last used', cell: (factor) => <Time at={factor.last_used_at} /> },
  { heading: 'Added', cell: (factor) => <Time at={factor.created_at} />, secondary: true },
];

/** Second factors of a user, for somebody who has lost theirs. */
export function UserFactors({ id }: { id: string }) {
  const [asked, setAsked] = useState<readonly Factor[]>();
  const read = (signal: AbortSignal) =>
    dataOf(api.GET('/users/{id}/factors', { params: { path: { id } }, signal }));
  return (
    <>
      <Part
        title="Second factors"
        queryKey={[...userKey(id), 'factors']}
        read={read}
        action={({ items }) =>
          items.length > 0 && (
            <button type="button" onClick={() => setAsked(items)}>
              Reset factors
            </button>
          )
        }
      >
        {({ items }) => (
          <Table
            caption="Second factors"
            columns={columns}
            rows={items}
            keyOf={(factor) => factor.id}
            empty="None."
          />
        )}
      </Part>
      {asked && <ResetDialog id={id} factors={asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}

interface ResetProps {
  id: string;
  factors: readonly Factor[];
  onClose: () => void;
}

function ResetDialog({ id, factors, onClose }: ResetProps) {
  const queries = useQueryClient();
  const reset = async () => {
    // Recovery codes go with the last factor.
    for (const { id: factorId } of factors.filter(({ type }) => type !== 'recovery_codes')) {
      const params = { path: { id, factorId } };
      await act(() => api.DELETE('/users/{id}/factors/{factorId}', { params }));
    }
    await queries.invalidateQueries({ queryKey: userKey(id) });
    onClose();
    notice('Second factors removed.');
  };
  return (
    <Dialog title="Reset factors?" submit="Remove all" danger onClose={onClose} onSubmit={reset}>
      <p>
        The user then signs in by password alone, and is told by mail. Be sure who asks for this.
      </p>
    </Dialog>
  );
}
