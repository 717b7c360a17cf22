import { useQueryClient } from '@tanstack/react-query';

import { act, api } from '../../access/api.js';
import { Dialog, type FormValues } from '../../components/dialog.js';
import { Choice, Field } from '../../components/field.js';
import { notice } from '../../components/notices.js';
import { INVITATIONS_KEY, optionsOf, roles, tiers, type User } from './user.js';

/** Invites somebody by mail, who becomes a user by accepting. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const invite = async (value: FormValues) => {
    const name = value('name');
    const body = {
      email: value('email'),
      role: value('role') as User['role'],
      tier: value('tier') as User['tier'],
      ...(name !== '' && { name }),
    };
    await act(() => api.POST('/invitations', { body }));
    await queries.invalidateQueries({ queryKey: INVITATIONS_KEY });
    onClose();
    notice('Invitation sent.');
  };
  return (
    <Dialog title="Invite" submit="Send invitation" onClose={onClose} onSubmit={invite}>
      <Field label="E-mail" name="email" type="email" required autoFocus />
      <Field label="Name" name="name" hint="They may choose another one." />
      <Choice label="Role" name="role" options={optionsOf(roles)} />
      <Choice label="Tier" name="tier" options={optionsOf(tiers)} />
    </Dialog>
  );
}
