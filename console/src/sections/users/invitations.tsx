import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';

import { dataOf, type Schema } from '../../../../client/user-api.js';
import { act, api } from '../../access/api.js';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { Listing, type PageQuery } from '../../components/listing.js';
import { notice } from '../../components/notices.js';
import { ProblemNote } from '../../components/problem-note.js';
import type { Column } from '../../components/table.js';
import { Time } from '../../components/time.js';
import { useTitle } from '../../components/use-title.js';
import { InviteDialog } from './invite-dialog.js';
import { INVITATIONS_KEY } from './user.js';

type Invitation = Schema<'Invitation'>;

const columns: readonly Column<Invitation>[] = [
  {
    heading: 'Address',
    cell: ({ email, name }) => (
      <>
        <span className="address">{email}</span>
        {name !== null && <span className="soft below">{name}</span>}
      </>
    ),
  },
  {
    heading: 'Role',
    cell: ({ role, tier }) => (
      <>
        {role}
        <span className="soft below">{tier}</span>
      </>
    ),
    secondary: true,
  },
  { heading: 'Sent', cell: (invitation) => <Time at={invitation.created_at} />, secondary: true },
  { heading: 'Status', cell: (invitation) => <Status {...invitation} />, secondary: true },
];

/** Until when it can be accepted, or when that was. */
function Status({ accepted_at: accepted, expires_at: end, user_id: id }: Invitation) {
  if (accepted === null)
    return (
      <>
        valid until <Time at={end} />
      </>
    );
  const text = (
    <>
      accepted <Time at={accepted} />
    </>
  );
  return id === null ? text : <Link href={`/users/${id}`}>{text}</Link>;
}

const read = (query: PageQuery, _: unknown, signal: AbortSignal) =>
  dataOf(api.GET('/invitations', { params: { query }, signal }));

/** Who was invited, and has not come yet. */
export default function Invitations() {
  useTitle('Invitations');
  const queries = useQueryClient();
  const [inviting, setInviting] = useState(false);
  const [withdrawing, setWithdrawing] = useState<Invitation>();
  const [error, setError] = useState<Error>();
  const done = async (text: string) => {
    setError(undefined);
    await queries.invalidateQueries({ queryKey: INVITATIONS_KEY });
    notice(text);
  };
  const resend = async (invitationId: string) => {
    const params = { path: { invitationId } };
    await act(() => api.POST('/invitations/{invitationId}/resend', { params }));
    await done('Invitation sent again. The link before it has ended.');
  };
  const withdraw = async (invitationId: string) => {
    const params = { path: { invitationId } };
    await act(() => api.DELETE('/invitations/{invitationId}', { params }));
    await done('Invitation withdrawn.');
  };
  const actions: Column<Invitation> = {
    heading: 'Actions',
    cell: (invitation) =>
      invitation.accepted_at === null && (
        <div className="buttons">
          <button type="button" onClick={() => void resend(invitation.id).catch(setError)}>
            Resend
          </button>
          <button type="button" className="danger" onClick={() => setWithdrawing(invitation)}>
            Withdraw
          </button>
        </div>
      ),
  };
  return (
    <>
      <p className="trail">
        <Link href="/users">All users</Link>
      </p>
      <div className="heading">
        <h1>Invitations</h1>
        <button type="button" className="primary" onClick={() => setInviting(true)}>
          Invite
        </button>
      </div>
      <ProblemNote error={error} />
      <Listing
        caption="Invitations"
        columns={[...columns, actions]}
        empty="Nobody is invited."
        queryKey={INVITATIONS_KEY}
        read={read}
      />
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
      {withdrawing && (
        <ConfirmDialog
          title={`Withdraw the invitation of ${withdrawing.email}?`}
          submit="Withdraw"
          onClose={() => setWithdrawing(undefined)}
          act={() => withdraw(withdrawing.id)}
        >
          <p>The link in the mail ends.</p>
        </ConfirmDialog>
      )}
    </>
  );
}
