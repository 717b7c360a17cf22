import { useState } from 'react';

import { Dialog } from '../../../components/dialog.js';
import { changeUser } from './change-user.js';
import { OwnAccount } from './own-account.js';
import { useChanged } from './use-changed.js';
import type { ActionProps } from './user-actions.js';

/** Suspends an active user, and the other way round. */
export function StatusDialog({ versioned, onClose }: ActionProps) {
  const { user } = versioned;
  const changed = useChanged(user.id);
  // What was asked for stays, whatever the status becomes meanwhile.
  const [active] = useState(user.status === 'active');
  const change = async () => {
    await changeUser(versioned, { status: active ? 'suspended' : 'active' });
    onClose();
    await changed(active ? 'User suspended.' : 'User activated.');
  };
  return (
    <Dialog
      title={`${active ? 'Suspend' : 'Activate'} ${user.name}?`}
      submit={active ? 'Suspend' : 'Activate'}
      danger={active}
      onClose={onClose}
      onSubmit={change}
    >
      <p>
        {active
          ? 'All sessions end, and the user cannot sign in until activated again. Nothing is lost.'
          : 'The user can sign in again.'}
      </p>
      {active && (
        <OwnAccount user={user} loss="I am signed out, and only another superuser can let me in" />
      )}
    </Dialog>
  );
}
