import { useQueryClient } from '@tanstack/react-query';

import { Dialog, type FormValues } from '../components/dialog.js';
import { usePathFromHere } from '../components/use-path-from-here.js';
import { SESSION_KEY } from './queries.js';
import type { Entry } from './session.js';
import { proveBy, StepUpFields } from './step-up-dialog.js';

/** Covers the page when the session has ended. What somebody has typed there waits until they are back. */
export function SessionEndedDialog({ state }: Pick<Entry, 'state'>) {
  const queries = useQueryClient();
  const signedIn = async () => {
    await queries.invalidateQueries();
    const entry = queries.getQueryData<Entry>(SESSION_KEY);
    if (entry?.state === 'signed-out') throw new Error('Nobody has signed in yet.');
  };
  const proved = async (value: FormValues) => {
    await proveBy(value('code'));
    await queries.invalidateQueries();
  };
  if (state === 'signed-out')
    return (
      <Dialog title="Your session has ended" submit="Continue" covers onSubmit={signedIn}>
        <SignInElsewhere />
      </Dialog>
    );
  if (state === 'step-up-needed')
    return (
      <Dialog title="Second factor needed" submit="Continue" covers onSubmit={proved}>
        <StepUpFields />
      </Dialog>
    );
  return null;
}

function SignInElsewhere() {
  const signIn = usePathFromHere('/sign-in');
  return (
    <>
      <p>Sign in in another tab, then continue here. What you have typed is still there.</p>
      <div>
        <a className="button" href={signIn} target="_blank" rel="noopener">
          Sign in
        </a>
      </div>
    </>
  );
}
