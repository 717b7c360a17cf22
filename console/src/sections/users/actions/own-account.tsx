import { useIsMe } from '../../../access/me.js';
import type { User } from '../user.js';

/** Asks once more before somebody shuts themselves out. Nothing where the user is another one. */
export function OwnAccount({ user, loss }: { user: User; loss: string }) {
  const own = useIsMe(user);
  if (!own) return null;
  return (
    <label className="warning">
      <input type="checkbox" name="own_account" required />
      <span>
        <strong>This is your own account.</strong> I know that {loss}.
      </span>
    </label>
  );
}
