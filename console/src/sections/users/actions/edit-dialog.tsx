import { useState } from 'react';

import { ApiProblem } from '../../../../../client/user-api.js';
import { Dialog } from '../../../components/dialog.js';
import { Field } from '../../../components/field.js';
import { readUser, type User, type VersionedUser } from '../user.js';
import { changeUser } from './change-user.js';
import { useChanged } from './use-changed.js';
import type { ActionProps } from './user-actions.js';

const fields = ['name', 'email'] as const;
type Draft = Pick<User, (typeof fields)[number]>;

const labels: Readonly<Record<keyof Draft, string>> = { name: 'Name', email: 'E-mail' };

/**
 * Changes name and address. If somebody else has changed the user meanwhile, both versions are shown,
 * and what is typed is saved only over the version that was shown.
 */
export function EditDialog({ versioned, onClose }: ActionProps) {
  const changed = useChanged(versioned.user.id);
  // The page may read a newer version while somebody types: what is saved goes over the one shown here.
  const [seen, setSeen] = useState<VersionedUser>(versioned);
  const [lost, setLost] = useState(false);
  const [draft, setDraft] = useState<Draft>({
    name: versioned.user.name,
    email: versioned.user.email,
  });

  const save = async () => {
    const changes = differences(draft, seen.user);
    try {
      if (Object.keys(changes).length > 0) await changeUser(seen, changes);
    } catch (error) {
      if (!isLostUpdate(error)) throw error;
      const current = await readUser(seen.user.id);
      setSeen(current);
      setLost(true);
      setDraft(merged(draft, seen.user, current.user));
      return;
    }
    onClose();
    await changed('Changes saved.');
  };

  return (
    <Dialog
      title={`Edit ${versioned.user.name}`}
      submit={lost ? 'Save mine' : 'Save'}
      onClose={onClose}
      onSubmit={save}
    >
      {lost && <BothVersions draft={draft} current={seen.user} />}
      {fields.map((name) => (
        <Field
          key={name}
          label={labels[name]}
          name={name}
          type={name === 'email' ? 'email' : 'text'}
          required
          value={draft[name]}
          onChange={({ target }) => setDraft({ ...draft, [name]: target.value })}
        />
      ))}
      {lost && (
        <button
          type="button"
          onClick={() => setDraft({ name: seen.user.name, email: seen.user.email })}
        >
          Take theirs
        </button>
      )}
    </Dialog>
  );
}

function BothVersions({ draft, current }: { draft: Draft; current: User }) {
  return (
    <div className="problem" role="alert">
      <p>
        <strong>Somebody has changed this user meanwhile.</strong> Nothing was overwritten.
      </p>
      <table>
        <caption>Both versions</caption>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Yours</th>
            <th scope="col">Theirs</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((name) => (
            <tr key={name}>
              <th scope="row">{labels[name]}</th>
              <td>{draft[name]}</td>
              <td>{current[name]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function differences(draft: Draft, user: User): Partial<Draft> {
  return Object.fromEntries(
    fields.filter((name) => draft[name] !== user[name]).map((name) => [name, draft[name]]),
  );
}

/** What was typed; fields that were left alone follow the others' change. */
function merged(draft: Draft, before: User, current: User): Draft {
  const kept = (name: keyof Draft) => (draft[name] === before[name] ? current[name] : draft[name]);
  return { name: kept('name'), email: kept('email') };
}

function isLostUpdate(error: unknown): boolean {
  return error instanceof ApiProblem && error.code === 'request.precondition-failed';
}
