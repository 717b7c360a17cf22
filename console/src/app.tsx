import { lazy, type ReactNode, Suspense } from 'react';
import { Redirect, Route, Router, Switch, useLocation } from 'wouter';

import { Entrance } from './access/entrance.js';
import { Me, useWhoCameIn } from './access/me.js';
import { useEntry } from './access/session.js';
import { SessionEndedDialog } from './access/session-ended-dialog.js';
import { StepUpDialog } from './access/step-up-dialog.js';
import { Frame } from './components/frame.js';
import { LoadBoundary } from './components/load-boundary.js';
import { Notices } from './components/notices.js';
import { Loading } from './components/loading.js';
import { ProblemNote } from './components/problem-note.js';
import { UserList } from './sections/users/user-list.js';

const UserView = lazy(() => import('./sections/users/user-view.js'));
const Invitations = lazy(() => import('./sections/users/invitations.js'));
const Audit = lazy(() => import('./sections/audit/audit.js'));
const Jobs = lazy(() => import('./sections/jobs/jobs.js'));
const Mails = lazy(() => import('./sections/mails/mails.js'));
const ApiKeys = lazy(() => import('./sections/api-keys/api-keys.js'));
const Webhooks = lazy(() => import('./sections/webhooks/webhook-list.js'));
const WebhookView = lazy(() => import('./sections/webhooks/webhook-view.js'));
const Events = lazy(() => import('./sections/events/events.js'));
const Service = lazy(() => import('./sections/service/service.js'));

/** The console: who may come in, and its sections. */
export function App() {
  const { data: entry, error, refetch } = useEntry();
  const me = useWhoCameIn(entry);
  if (entry === undefined && error)
    return (
      <main className="entrance">
        <ProblemNote error={error} onAgain={refetch} />
      </main>
    );
  if (entry === undefined) return <Loading />;
  if (me === undefined) return entry.state === 'in' ? null : <Entrance entry={entry} />;
  return (
    <Me value={me} key={me.id}>
      <Router base="/console">
        <Frame user={me}>
          <Section>
            <Switch>
              <Route path="/users" component={UserList} />
              <Route path="/users/:id">{({ id }) => <UserView key={id} id={id} />}</Route>
              <Route path="/invitations" component={Invitations} />
              <Route path="/audit" component={Audit} />
              <Route path="/jobs" component={Jobs} />
              <Route path="/mails" component={Mails} />
              <Route path="/api-keys" component={ApiKeys} />
              <Route path="/webhooks" component={Webhooks} />
              <Route path="/webhooks/:id">{({ id }) => <WebhookView key={id} id={id} />}</Route>
              <Route path="/events" component={Events} />
              <Route path="/service" component={Service} />
              <Route path="/">
                <Redirect to="/users" replace />
              </Route>
              <Route>
                <div className="heading">
                  <h1>Nothing here</h1>
                </div>
                <p>The console has no such page.</p>
              </Route>
            </Switch>
          </Section>
        </Frame>
        <StepUpDialog />
        <SessionEndedDialog state={entry.state} />
        <Notices />
      </Router>
    </Me>
  );
}

/** A section loads, or fails, by itself; the next one begins anew. */
function Section({ children }: { children: ReactNode }) {
  const [path] = useLocation();
  return (
    <LoadBoundary key={path}>
      <Suspense fallback={<Loading />}>{children}</Suspense>
    </LoadBoundary>
  );
}
