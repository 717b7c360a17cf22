import { type QueryClient, useQueryClient } from '@tanstack/react-query';

import { Dialog, type FormValues } from '../components/dialog.js';
import { usePathFromHere } from '../components/use-path-from-here.js';
import { SESSION_KEY } from './queries.js';
import type { Entry } from './session.js';
import { proveBy, StepUpFields } from './step-up-dialog.js';

/** Covers the page when the session has ended. What somebody has typed there waits until they are back. */
export function SessionEndedDialog({ state }: Pick<Entry, 'state'>) {
  const queries = useQueryClient();
  const signedIn = async () => {
    const entry = await readAgain(queries);
    if (entry?.state === 'signed-out') throw new Error('Nobody has signed in yet.');
  };
  const proved = async (value: FormValues) => {
    await proveBy(value('code'));
    await readAgain(queries);
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

/** Reads again all that the page shows. @throws if it cannot tell who is there */
async function readAgain(queries: QueryClient): Promise<Entry | undefined> {
  await queries.invalidateQueries();
  const { data, error } = queries.getQueryState<Entry>(SESSION_KEY) ?? {};
  if (error) throw error;
  return data;
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
