import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';

import { dataOf } from '../../../../client/user-api.js';
import { jobStates } from '../../../../client/values.js';
import { act, api } from '../../access/api.js';
import { Badge } from '../../components/badge.js';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { useFilters, WordFilter } from '../../components/filters.js';
import { Listing } from '../../components/listing.js';
import { notice } from '../../components/notices.js';
import { ProblemNote } from '../../components/problem-note.js';
import type { Column } from '../../components/table.js';
import { Time } from '../../components/time.js';
import { useTitle } from '../../components/use-title.js';
import { PurgeDialog, RequeueDialog } from './batch-dialogs.js';
import { type Job, JOBS_KEY, readJobs } from './job-list.js';

const columns: readonly Column<Job>[] = [
  { heading: 'Queue', cell: ({ queue }) => <code className="word">{queue}</code> },
  {
    heading: 'State',
    cell: ({ state, attempts }) => (
      <>
        <Badge>{state}</Badge>
        <span className="soft below">
          {attempts} {attempts === 1 ? 'attempt' : 'attempts'}
        </span>
      </>
    ),
  },
  { heading: 'Created', cell: (job) => <Time at={job.created_at} />, secondary: true },
  {
    heading: 'Error',
    cell: ({ error }) => <span className="address">{error ?? '–'}</span>,
    secondary: true,
  },
  {
    heading: 'User',
    cell: ({ user_id: id }) =>
      id === null ? (
        '–'
      ) : (
        <Link className="word" href={`/users/${id}`}>
          Open user
        </Link>
      ),
    secondary: true,
  },
];

/** Background work, by queue and state. */
export default function Jobs() {
  useTitle('Jobs');
  const filters = useFilters();
  const queries = useQueryClient();
  const [error, setError] = useState<Error>();
  const [deleting, setDeleting] = useState<Job>();
  const [batch, setBatch] = useState<'purge' | 'requeue'>();
  const overview = useQuery({
    queryKey: ['overview'],
    queryFn: ({ signal }) => dataOf(api.GET('/admin/overview', { signal })),
  });
  const batchProps = { queue: filters.valueOf('queue'), onClose: () => setBatch(undefined) };
  const done = async (text: string) => {
    setError(undefined);
    await queries.invalidateQueries({ queryKey: JOBS_KEY });
    notice(text);
  };
  const retry = async (jobId: string) => {
    await act(() => api.POST('/admin/jobs/{jobId}/retry', { params: { path: { jobId } } }));
    await done('The job is tried again.');
  };
  const remove = async (jobId: string) => {
    await act(() => api.DELETE('/admin/jobs/{jobId}', { params: { path: { jobId } } }));
    await done('Job deleted.');
  };
  const actions: Column<Job> = {
    heading: 'Actions',
    cell: (job) => (
      <div className="buttons">
        {job.state === 'failed' && (
          <button type="button" onClick={() => void retry(job.id).catch(setError)}>
            Retry
          </button>
        )}
        {job.state !== 'active' && (
          <button type="button" className="danger" onClick={() => setDeleting(job)}>
            Delete
          </button>
        )}
      </div>
    ),
  };
  return (
    <>
      <div className="heading">
        <h1>Jobs</h1>
        <div className="buttons">
          <button type="button" onClick={() => setBatch('requeue')}>
            Requeue failed
          </button>
          <button type="button" className="danger" onClick={() => setBatch('purge')}>
            Purge
          </button>
        </div>
      </div>
      <search className="filters">
        <WordFilter
          label="Queue"
          name="queue"
          filters={filters}
          words={overview.data?.queues?.map(({ queue }) => queue) ?? []}
        />
        <WordFilter label="State" name="state" filters={filters} words={jobStates} />
      </search>
      <ProblemNote error={error} />
      <Listing
        caption="Jobs"
        columns={[...columns, actions]}
        empty="No job matches."
        queryKey={JOBS_KEY}
        filters={filters.filters}
        read={readJobs}
      />
      {batch === 'purge' && <PurgeDialog {...batchProps} />}
      {batch === 'requeue' && <RequeueDialog {...batchProps} />}
      {deleting && (
        <ConfirmDialog
          title="Delete the job?"
          submit="Delete"
          onClose={() => setDeleting(undefined)}
          act={() => remove(deleting.id)}
        >
          <p>What it was to do is never done.</p>
        </ConfirmDialog>
      )}
    </>
  );
}
