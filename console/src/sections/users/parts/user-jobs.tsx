import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { dataOf, type Schema } from '../../../../../client/user-api.js';
import { act, api } from '../../../access/api.js';
import { Badge } from '../../../components/badge.js';
import { notice } from '../../../components/notices.js';
import { ProblemNote } from '../../../components/problem-note.js';
import { type Column, Table } from '../../../components/table.js';
import { Time } from '../../../components/time.js';
import { userKey } from '../user.js';
import { Part } from './part.js';

type Job = Schema<'Job'>;

const SHOWN = 20;

const columns: readonly Column<Job>[] = [
  { heading: 'Created', cell: (job) => <Time at={job.created_at} /> },
  { heading: 'Queue', cell: ({ queue }) => <code className="word">{queue}</code> },
  { heading: 'State', cell: ({ state }) => <Badge>{state}</Badge> },
  {
    heading: 'Error',
    cell: ({ error }) => <span className="address">{error ?? '–'}</span>,
    secondary: true,
  },
];

/** Background work for a user, such as mails. */
export function UserJobs({ id }: { id: string }) {
  const queries = useQueryClient();
  const [error, setError] = useState<Error>();
  const retry = async (jobId: string) => {
    setError(undefined);
    await act(() => api.POST('/admin/jobs/{jobId}/retry', { params: { path: { jobId } } }));
    await queries.invalidateQueries({ queryKey: [...userKey(id), 'jobs'] });
    notice('The job is tried again.');
  };
  const read = (signal: AbortSignal) =>
    dataOf(api.GET('/admin/jobs', { params: { query: { user_id: id, limit: SHOWN } }, signal }));
  const action: Column<Job> = {
    heading: 'Action',
    cell: (job) =>
      job.state === 'failed' && (
        <button type="button" onClick={() => void retry(job.id).catch(setError)}>
          Retry
        </button>
      ),
  };
  return (
    <Part title="Jobs" queryKey={[...userKey(id), 'jobs']} read={read}>
      {({ items }) => (
        <>
          <ProblemNote error={error} />
          <Table
            caption="Jobs"
            columns={[...columns, action]}
            rows={items}
            keyOf={(job) => job.id}
            empty="None."
          />
        </>
      )}
    </Part>
  );
}
