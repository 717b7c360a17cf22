import { dataOf, type Schema } from '../../../../../client/user-api.js';
import { api } from '../../../access/api.js';
import { type Column, Table } from '../../../components/table.js';
import { Time } from '../../../components/time.js';
import { userKey } from '../user.js';
import { Part } from './part.js';

type Session = Schema<'Sessions'>['items'][number];

const columns: readonly Column<Session>[] = [
  { heading: 'Last used', cell: (session) => <Time at={session.last_used_at} /> },
  { heading: 'Address', cell: ({ ip }) => ip ?? '–' },
  { heading: 'Proof', cell: ({ acr }) => acr },
  { heading: 'Program', cell: (session) => session.user_agent ?? '–', secondary: true },
  { heading: 'Since', cell: (session) => <Time at={session.created_at} />, secondary: true },
];

export const sessionsKey = (id: string) => [...userKey(id), 'sessions'] as const;

/** Where a user is signed in. */
export function UserSessions({ id }: { id: string }) {
  const read = (signal: AbortSignal) =>
    dataOf(api.GET('/users/{id}/sessions', { params: { path: { id } }, signal }));
  return (
    <Part title="Sessions" queryKey={sessionsKey(id)} read={read}>
      {({ items }) => (
        <Table
          caption="Sessions"
          columns={columns}
          rows={items}
          keyOf={(session) => session.id}
          empty="Nowhere signed in."
        />
      )}
    </Part>
  );
}
