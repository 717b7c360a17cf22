import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';

import { act, api } from '../../../access/api.js';
import { Dialog } from '../../../components/dialog.js';
import { Field } from '../../../components/field.js';
import { notice } from '../../../components/notices.js';
import { userKey, USERS_KEY } from '../user.js';
import { OwnAccount } from './own-account.js';
import type { ActionProps } from './user-actions.js';

/** Deletes a user, once the address was typed. */
export function DeleteDialog({ versioned: { user, etag }, onClose }: ActionProps) {
  const queries = useQueryClient();
  const [, goTo] = useLocation();
  const [typed, setTyped] = useState('');
  const remove = async () => {
    const params = { path: { id: user.id }, header: { 'If-Match': etag } };
    await act(() => api.DELETE('/users/{id}', { params }));
    onClose();
    goTo('/users');
    queries.removeQueries({ queryKey: userKey(user.id) });
    await queries.invalidateQueries({ queryKey: USERS_KEY });
    notice('User deleted.');
  };
  return (
    <Dialog
      title={`Delete ${user.name}?`}
      submit="Delete"
      danger
      disabled={typed !== user.email}
      onClose={onClose}
      onSubmit={remove}
    >
      <p>
        The account ends at once and its address is free again. Its data is erased after the
        retention time.
      </p>
      <Field
        label={`Type ${user.email} to confirm`}
        name="confirmation"
        autoComplete="off"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        autoFocus
      />
      <OwnAccount user={user} loss="I am signed out, and cannot come back" />
    </Dialog>
  );
}
