import { dataOf, type Schema } from '../../../../../client/user-api.js';
import { api } from '../../../access/api.js';
import { type Column, Table } from '../../../components/table.js';
import { Time } from '../../../components/time.js';
import { userKey } from '../user.js';
import { Part } from './part.js';

type Act = Schema<'AuditPage'>['items'][number];

const SHOWN = 20;

const columns: readonly Column<Act>[] = [
  { heading: 'When', cell: ({ at }) => <Time at={at} /> },
  { heading: 'Action', cell: ({ action }) => <code className="word">{action}</code> },
  { heading: 'By', cell: ({ actor, target_id: target }) => actorOf(actor, target) },
  { heading: 'Address', cell: ({ ip }) => ip ?? '–', secondary: true },
  {
    heading: 'Details',
    cell: ({ details }) => <code className="address">{JSON.stringify(details)}</code>,
    secondary: true,
  },
];

function actorOf({ kind, id }: Act['actor'], target: string | null): string {
  return id !== null && id === target ? 'themselves' : kind;
}

/** What was done to a user lately. */
export function UserAudit({ id }: { id: string }) {
  const read = (signal: AbortSignal) =>
    dataOf(api.GET('/admin/audit', { params: { query: { target_id: id, limit: SHOWN } }, signal }));
  return (
    <Part title="Audit" queryKey={[...userKey(id), 'audit']} read={read}>
      {({ items }) => (
        <Table
          caption="Acts"
          columns={columns}
          rows={items}
          keyOf={(act) => act.id}
          empty="Nothing on record."
        />
      )}
    </Part>
  );
}
