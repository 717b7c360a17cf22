import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useSearchParams } from 'wouter';

import { dataOf } from '../../../../client/user-api.js';
import { api } from '../../access/api.js';
import { Badge } from '../../components/badge.js';
import { Loading } from '../../components/loading.js';
import { Pager, usePages } from '../../components/pages.js';
import { ProblemNote } from '../../components/problem-note.js';
import { type Column, Table } from '../../components/table.js';
import { Time } from '../../components/time.js';
import { useDebounced } from '../../components/use-debounced.js';
import { useTitle } from '../../components/use-title.js';
import { InviteDialog } from './invite-dialog.js';
import { NewUserDialog } from './new-user-dialog.js';
import { statuses, tiers, type User, USERS_KEY } from './user.js';

const PAGE_SIZE = 25;

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

/** All users, by prefix, status and tier. The filters are in the address, so that Back finds them. */
export function UserList() {
  useTitle('Users');
  const [filters, setFilters] = useSearchParams();
  const [dialog, setDialog] = useState<'create' | 'invite'>();
  const set = (name: string, value: string) =>
    setFilters(
      (before) => {
        before.delete(name);
        if (value !== '') before.set(name, value);
        return before;
      },
      { replace: true },
    );
  const valueOf = (name: string) => filters.get(name) ?? '';
  return (
    <>
      <div className="heading">
        <h1>Users</h1>
        <div className="buttons">
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
          aria-label="Search by e-mail or name"
          placeholder="E-mail or name begins with…"
          value={valueOf('q')}
          onChange={({ target }) => set('q', target.value)}
        />
        <Filter
          label="Status"
          words={statuses}
          value={valueOf('status')}
          onChange={(value) => set('status', value)}
        />
        <Filter
          label="Tier"
          words={tiers}
          value={valueOf('tier')}
          onChange={(value) => set('tier', value)}
        />
      </search>
      <Found filters={filters.toString()} />
      {dialog === 'create' && <NewUserDialog onClose={() => setDialog(undefined)} />}
      {dialog === 'invite' && <InviteDialog onClose={() => setDialog(undefined)} />}
    </>
  );
}

interface FilterProps {
  label: string;
  words: readonly string[];
  value: string;
  onChange: (value: string) => void;
}

function Filter({ label, words, value, onChange }: FilterProps) {
  return (
    <label className="filter">
      <span>{label}</span>
      <select value={value} onChange={({ target }) => onChange(target.value)}>
        <option value="">any</option>
        {words.map((word) => (
          <option key={word}>{word}</option>
        ))}
      </select>
    </label>
  );
}

/** @param filters a query string; answers to earlier ones are dropped. */
function Found({ filters }: { filters: string }) {
  const settled = useDebounced(filters);
  const pages = usePages(settled);
  const { data, error, isPending, isFetching } = useQuery({
    queryKey: [...USERS_KEY, settled, pages.cursor],
    queryFn: ({ signal }) => {
      const { q, status, tier } = Object.fromEntries(new URLSearchParams(settled));
      const query = {
        limit: PAGE_SIZE,
        ...(q?.trim() && { q: q.trim() }),
        ...(status && { status: status as User['status'] }),
        ...(tier && { tier: tier as User['tier'] }),
        ...(pages.cursor !== undefined && { cursor: pages.cursor }),
      };
      return dataOf(api.GET('/users', { params: { query }, signal }));
    },
  });
  if (error) return <ProblemNote error={error} />;
  if (isPending) return <Loading />;
  return (
    <div className="card" aria-busy={isFetching || settled !== filters}>
      <Table
        caption="Users"
        columns={columns}
        rows={data.items}
        keyOf={({ id }) => id}
        empty="No user matches."
      />
      <Pager pages={pages} next={data.next_cursor} />
    </div>
  );
}
