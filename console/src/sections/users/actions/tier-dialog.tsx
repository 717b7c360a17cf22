import { useRef } from 'react';
import { v4 as uuidv4 } from 'uuid';

import { act, api } from '../../../access/api.js';
import { Dialog, type FormValues } from '../../../components/dialog.js';
import { Choice } from '../../../components/field.js';
import { optionsOf, tiers, type User } from '../user.js';
import { useChanged } from './use-changed.js';
import type { ActionProps } from './user-actions.js';

/** Gives a user another tier; paid ones are charged for. */
export function TierDialog({ versioned: { user }, onClose }: ActionProps) {
  const changed = useChanged(user.id);
  // Sent twice, it is charged once; another tier is another request.
  const keys = useRef(new Map<string, string>());
  const change = async (value: FormValues) => {
    const tier = value('tier') as User['tier'];
    const key = keys.current.get(tier) ?? uuidv4();
    keys.current.set(tier, key);
    const params = { path: { id: user.id }, header: { 'Idempotency-Key': key } };
    const { data } = await act(() => api.POST('/users/{id}/tier', { params, body: { tier } }));
    onClose();
    await changed('id' in data ? 'Tier changed.' : 'The charge is under way; the tier follows.');
  };
  return (
    <Dialog title="Change tier" submit="Save" onClose={onClose} onSubmit={change}>
      <Choice
        label="Tier"
        name="tier"
        options={optionsOf(tiers)}
        defaultValue={user.tier}
        hint="A paid tier is charged to the user."
      />
    </Dialog>
  );
}
