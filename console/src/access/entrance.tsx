import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';

import { valuesOf } from '../components/dialog.js';
import { ProblemNote } from '../components/problem-note.js';
import { usePathFromHere } from '../components/use-path-from-here.js';
import { SESSION_KEY } from './queries.js';
import type { Entry } from './session.js';
import { proveBy, StepUpFields } from './step-up-dialog.js';

/** Says how to get in, to whoever is not in. */
export function Entrance({ entry }: { entry: Exclude<Entry, { state: 'in' }> }) {
  const pages = {
    'signed-out': <SignedOut />,
    'not-superuser': <NotSuperuser />,
    'step-up-needed': <StepUpNeeded />,
  };
  return <main className="entrance">{pages[entry.state]}</main>;
}

function SignedOut() {
  return (
    <Card title="Sign in">
      <p>The console is for superusers of this service.</p>
      <a className="button primary" href={usePathFromHere('/sign-in')}>
        Sign in
      </a>
    </Card>
  );
}

function NotSuperuser() {
  return (
    <Card title="Superusers only">
      <p>
        Your account may not administer this service. A superuser can change your role; sign in
        again afterwards.
      </p>
      <a className="button" href="/account">
        My account
      </a>
    </Card>
  );
}

function StepUpNeeded() {
  const queries = useQueryClient();
  const [error, setError] = useState<Error>();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    try {
      await proveBy(valuesOf(event.currentTarget)('code'));
      await queries.invalidateQueries({ queryKey: SESSION_KEY }, { throwOnError: true });
    } catch (refusal) {
      setError(refusal as Error);
    }
  };
  return (
    <Card title="Second factor needed">
      <form onSubmit={(event) => void submit(event)}>
        <ProblemNote error={error} />
        <StepUpFields />
        <button className="primary" type="submit">
          Continue
        </button>
      </form>
    </Card>
  );
}

function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="card">
      <h1>{title}</h1>
      {children}
    </section>
  );
}
