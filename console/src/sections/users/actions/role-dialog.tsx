import { useState } from 'react';

import { Dialog } from '../../../components/dialog.js';
import { Choice } from '../../../components/field.js';
import { optionsOf, roles, type User } from '../user.js';
import { changeUser } from './change-user.js';
import { OwnAccount } from './own-account.js';
import { useChanged } from './use-changed.js';
import type { ActionProps } from './user-actions.js';

/** Gives a user another role. */
export function RoleDialog({ versioned, onClose }: ActionProps) {
  const { user } = versioned;
  const changed = useChanged(user.id);
  const [role, setRole] = useState(user.role);
  const change = async () => {
    await changeUser(versioned, { role });
    onClose();
    await changed('Role changed.');
  };
  return (
    <Dialog title="Change role" submit="Save" onClose={onClose} onSubmit={change}>
      <Choice
        label="Role"
        name="role"
        options={optionsOf(roles)}
        value={role}
        onChange={({ target }) => setRole(target.value as User['role'])}
        hint={`Now ${user.role}. Superusers may do everything here.`}
      />
      {role !== 'superuser' && user.role === 'superuser' && (
        <OwnAccount user={user} loss="only another superuser can let me into the console again" />
      )}
    </Dialog>
  );
}
