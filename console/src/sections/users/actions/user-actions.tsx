import { type ComponentType, useState } from 'react';

import type { VersionedUser } from '../user.js';
import { DeleteDialog } from './delete-dialog.js';
import { EditDialog } from './edit-dialog.js';
import { exportUser } from './export-user.js';
import { MailDialog } from './mail-dialog.js';
import { RoleDialog } from './role-dialog.js';
import { SignOutDialog } from './sign-out-dialog.js';
import { StatusDialog } from './status-dialog.js';
import { TierDialog } from './tier-dialog.js';
import { ProblemNote } from '../../../components/problem-note.js';

/** What a dialog about a user is given. */
export interface ActionProps {
  versioned: VersionedUser;
  onClose: () => void;
}

interface Action {
  readonly name: string;
  readonly dialog: ComponentType<ActionProps>;
}

const actionsOf = (suspended: boolean): readonly Action[] => [
  { name: 'Edit', dialog: EditDialog },
  { name: suspended ? 'Activate' : 'Suspend', dialog: StatusDialog },
  { name: 'Sign out', dialog: SignOutDialog },
  { name: 'Role', dialog: RoleDialog },
  { name: 'Tier', dialog: TierDialog },
  { name: 'Send a mail', dialog: MailDialog },
];

const DELETION: Action = { name: 'Delete', dialog: DeleteDialog };

/** What can be done with a user. */
export function UserActions({ versioned }: { versioned: VersionedUser }) {
  const [open, setOpen] = useState<Action>();
  const [error, setError] = useState<Error>();
  const { user } = versioned;
  const download = () => void exportUser(user).then(() => setError(undefined), setError);
  const Open = open?.dialog;
  return (
    <>
      <div className="actions" role="group" aria-label="Actions">
        {actionsOf(user.status === 'suspended').map((action) => (
          <button key={action.name} type="button" onClick={() => setOpen(action)}>
            {action.name}
          </button>
        ))}
        <button type="button" onClick={download}>
          Export
        </button>
        <button type="button" className="danger" onClick={() => setOpen(DELETION)}>
          Delete
        </button>
      </div>
      <ProblemNote error={error} />
      {Open && <Open versioned={versioned} onClose={() => setOpen(undefined)} />}
    </>
  );
}
