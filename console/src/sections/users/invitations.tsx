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
        {email}
        {name !== null && <span className="soft below">{name}</span>}
      </>
    ),
  },
  { heading: 'Role', cell: ({ role }) => role, secondary: true },
  { heading: 'Tier', cell: ({ tier }) => tier, secondary: true },
  { heading: 'Sent', cell: (invitation) => <Time at={invitation.created_at} />, secondary: true },
  { heading: 'Valid until', cell: ({ expires_at: at }) => <Time at={at} />, secondary: true },
  {
    heading: 'Accepted',
    cell: ({ accepted_at: at, user_id: id }) =>
      id === null ? (
        <Time at={at} />
      ) : (
        <Link href={`/users/${id}`}>
          <Time at={at} />
        </Link>
      ),
  },
];

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
