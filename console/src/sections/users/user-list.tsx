import { useState } from 'react';
import { Link } from 'wouter';

import { dataOf } from '../../../../client/user-api.js';
import { api } from '../../access/api.js';
import { Badge } from '../../components/badge.js';
import { useFilters, WordFilter } from '../../components/filters.js';
import { Listing, type PageQuery } from '../../components/listing.js';
import type { Column } from '../../components/table.js';
import { Time } from '../../components/time.js';
import { useKept } from '../../components/use-kept.js';
import { useTitle } from '../../components/use-title.js';
import { InviteDialog } from './invite-dialog.js';
import { NewUserDialog } from './new-user-dialog.js';
import { statuses, tiers, type User, USERS_KEY } from './user.js';

const columns: readonly Column<User>[] = [
  {
    heading: 'Name',
    cell: (user) => (
      <>
        <Link href={`/users/${user.id}`}>{user.name}</Link>
        <span className="soft below">{user.email}</span>
      </>
    ),
  },
  { heading: 'Status', cell: ({ status }) => <Badge>{status}</Badge> },
  { heading: 'Tier', cell: ({ tier }) => tier },
  { heading: 'Role', cell: ({ role }) => <Badge>{role}</Badge>, secondary: true },
  { heading: 'Source', cell: ({ source }) => source, secondary: true },
  { heading: 'Created', cell: (user) => <Time at={user.created_at} />, secondary: true },
];

const read = (
  page: PageQuery,
  { q, status, tier }: Readonly<Record<string, string>>,
  signal: AbortSignal,
) => {
  const query = {
    ...page,
    ...(q?.trim() && { q: q.trim() }),
    ...(status && { status: status as User['status'] }),
    ...(tier && { tier: tier as User['tier'] }),
  };
  return dataOf(api.GET('/users', { params: { query }, signal }));
};

/** All users, by prefix, status and tier. */
export function UserList() {
  useTitle('Users');
  const filters = useFilters();
  // Names and addresses of people stay out of the address of the page.
  const [search, setSearch] = useKept('search', '');
  const [dialog, setDialog] = useState<'create' | 'invite'>();
  return (
    <>
      <div className="heading">
        <h1>Users</h1>
        <div className="buttons">
          <Link className="button" href="/invitations">
            Invitations
          </Link>
          <button type="button" onClick={() => setDialog('invite')}>
            Invite
          </button>
          <button type="button" className="primary" onClick={() => setDialog('create')}>
            Create user
          </button>
        </div>
      </div>
      <search className="filters">
        <input
          type="search"
          maxLength={200}
          aria-label="Search by e-mail or name"
          placeholder="E-mail or name begins with…"
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
        <WordFilter label="Status" name="status" filters={filters} words={statuses} />
        <WordFilter label="Tier" name="tier" filters={filters} words={tiers} />
      </search>
      <Listing
        caption="Users"
        columns={columns}
        empty="No user matches."
        queryKey={USERS_KEY}
        filters={`${filters.filters}&q=${encodeURIComponent(search)}`}
        read={read}
      />
      {dialog === 'create' && <NewUserDialog onClose={() => setDialog(undefined)} />}
      {dialog === 'invite' && <InviteDialog onClose={() => setDialog(undefined)} />}
    </>
  );
}
