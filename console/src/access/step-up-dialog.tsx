import { useEffect, useState } from 'react';

import { Dialog } from '../components/dialog.js';
import { Field } from '../components/field.js';
import { usePathFromHere } from '../components/use-path-from-here.js';
import { act, api } from './api.js';
import { stepUp } from './step-up.js';

/** Asks for a second factor when an act needs one. */
export function StepUpDialog() {
  const [asked, setAsked] = useState(false);
  useEffect(() => stepUp.onAsked(() => setAsked(true)), []);
  const settle = (proved: boolean) => {
    setAsked(false);
    stepUp.settle(proved);
  };
  if (!asked) return null;
  return (
    <Dialog
      title="Prove that it is you"
      submit="Continue"
      onClose={() => settle(false)}
      onSubmit={async (value) => {
        await proveBy(value('code'));
        settle(true);
      }}
    >
      <StepUpFields />
    </Dialog>
  );
}

/** What to type, and where to go without it. */
export function StepUpFields() {
  return (
    <>
      <p>This needs a second factor: the code of your authenticator app, or a recovery code.</p>
      <Field label="Code" name="code" autoComplete="one-time-code" required autoFocus />
      <p className="soft">
        With a passkey, or without a factor yet:{' '}
        <a href={usePathFromHere('/account/security')} target="_blank" rel="noopener">
          Security
        </a>{' '}
        of your account, in another tab.
      </p>
    </>
  );
}

const APP_CODE = /^\d{6}$/;

/** Raises the session. @throws ApiProblem for a wrong code */
export async function proveBy(typed: string): Promise<void> {
  const text = typed.replaceAll(/\s/g, '');
  const body = APP_CODE.test(text) ? { code: text } : { recovery_code: text };
  await act(() => api.POST('/auth/step-up', { body }));
}
