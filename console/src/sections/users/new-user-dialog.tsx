import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';

import { act, api } from '../../access/api.js';
import { Dialog, type FormValues } from '../../components/dialog.js';
import { Choice, Field } from '../../components/field.js';
import { notice } from '../../components/notices.js';
import { optionsOf, tiers, type User, USERS_KEY } from './user.js';

/** Creates a user, who sets a password by the link of the welcome mail. */
export function NewUserDialog({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const [, goTo] = useLocation();
  const create = async (value: FormValues) => {
    const body = {
      email: value('email'),
      name: value('name'),
      tier: value('tier') as User['tier'],
    };
    const { data } = await act(() => api.POST('/users', { body }));
    await queries.invalidateQueries({ queryKey: USERS_KEY });
    onClose();
    notice('User created.');
    if ('id' in data) goTo(`/users/${data.id}`);
  };
  return (
    <Dialog title="Create user" submit="Create" onClose={onClose} onSubmit={create}>
      <p>The welcome mail has a link to set a password.</p>
      <Field label="E-mail" name="email" type="email" required autoFocus />
      <Field label="Name" name="name" required />
      <Choice label="Tier" name="tier" options={optionsOf(tiers)} />
    </Dialog>
  );
}
