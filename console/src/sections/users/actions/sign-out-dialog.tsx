import { act, api } from '../../../access/api.js';
import { Dialog } from '../../../components/dialog.js';
import { useChanged } from './use-changed.js';
import type { ActionProps } from './user-actions.js';

/** Ends all sessions of a user. */
export function SignOutDialog({ versioned: { user }, onClose }: ActionProps) {
  const changed = useChanged(user.id);
  const signOut = async () => {
    await act(() => api.DELETE('/users/{id}/sessions', { params: { path: { id: user.id } } }));
    onClose();
    await changed('Signed out everywhere.');
  };
  return (
    <Dialog
      title={`Sign ${user.name} out?`}
      submit="Sign out"
      danger
      onClose={onClose}
      onSubmit={signOut}
    >
      <p>All sessions of the user end, on every device.</p>
    </Dialog>
  );
}
