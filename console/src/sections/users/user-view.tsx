import { Link } from 'wouter';

import { Badge } from '../../components/badge.js';
import { Fact } from '../../components/fact.js';
import { Loading } from '../../components/loading.js';
import { ProblemNote } from '../../components/problem-note.js';
import { Time } from '../../components/time.js';
import { useTitle } from '../../components/use-title.js';
import { UserActions } from './actions/user-actions.js';
import { UserAudit } from './parts/user-audit.js';
import { UserFactors } from './parts/user-factors.js';
import { UserIdentities } from './parts/user-identities.js';
import { UserJobs } from './parts/user-jobs.js';
import { UserSessions } from './parts/user-sessions.js';
import { useUser } from './user.js';

/** One user: the account, and what belongs to it. */
export default function UserView({ id }: { id: string }) {
  const { data, error, refetch } = useUser(id);
  useTitle(data?.user.name ?? 'User');
  if (data === undefined && error)
    return (
      <>
        <p className="trail">
          <Link href="/users">All users</Link>
        </p>
        <div className="heading">
          <h1>User</h1>
        </div>
        <ProblemNote error={error} onAgain={refetch} />
      </>
    );
  if (data === undefined) return <Loading />;
  const { user } = data;
  return (
    <>
      <p className="trail">
        <Link href="/users">All users</Link>
      </p>
      <div className="heading named">
        <div>
          <h1>{user.name}</h1>
          <p className="soft">{user.email}</p>
        </div>
        <Badge>{user.status}</Badge>
      </div>
      <ProblemNote error={error} onAgain={refetch} />
      <UserActions versioned={data} />
      <section className="card" aria-labelledby="profile">
        <h2 id="profile">Profile</h2>
        <dl>
          <Fact name="Role">
            <Badge>{user.role}</Badge>
          </Fact>
          <Fact name="Tier">{user.tier}</Fact>
          <Fact name="Address verified">{user.email_verified ? 'yes' : 'no'}</Fact>
          <Fact name="Source">{user.source}</Fact>
          <Fact name="Language">{user.locale}</Fact>
          <Fact name="Created">
            <Time at={user.created_at} />
          </Fact>
          <Fact name="Changed">
            <Time at={user.updated_at} />
          </Fact>
          <Fact name="Id" wide>
            <code>{user.id}</code>
          </Fact>
        </dl>
      </section>
      <UserSessions id={id} />
      <UserFactors id={id} />
      <UserIdentities id={id} />
      <UserAudit id={id} />
      <UserJobs id={id} />
    </>
  );
}
