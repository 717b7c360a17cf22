import { Dialog, type FormValues } from '../../../components/dialog.js';
import { Choice } from '../../../components/field.js';
import { optionsOf, roles, type User } from '../user.js';
import { changeUser } from './change-user.js';
import { useChanged } from './use-changed.js';
import type { ActionProps } from './user-actions.js';

/** Gives a user another role. */
export function RoleDialog({ versioned, onClose }: ActionProps) {
  const { user } = versioned;
  const changed = useChanged(user.id);
  const change = async (value: FormValues) => {
    await changeUser(versioned, { role: value('role') as User['role'] });
    onClose();
    await changed('Role changed.');
  };
  return (
    <Dialog title="Change role" submit="Save" onClose={onClose} onSubmit={change}>
      <Choice
        label="Role"
        name="role"
        options={optionsOf(roles)}
        defaultValue={user.role}
        hint={`Now ${user.role}. Superusers may do everything here.`}
      />
    </Dialog>
  );
}
