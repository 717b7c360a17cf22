import { useQueryClient } from '@tanstack/react-query';

import { act, api } from '../../access/api.js';
import { ApiProblem } from '../../../../client/user-api.js';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { Choice } from '../../components/field.js';
import { notice } from '../../components/notices.js';
import { JOBS_KEY, readJobs } from './job-list.js';

/** The largest page of the API. */
const PAGE = 100;
/** States that a job does not leave by itself. */
const ended = ['failed', 'cancelled', 'completed'] as const;

/** Deletes the jobs of a queue, or of all, that have ended in one way. */
export function PurgeDialog({ queue, onClose }: { queue: string; onClose: () => void }) {
  const queries = useQueryClient();
  const purge = async (state: string) => {
    const count = await deleteAll({ queue, state });
    await queries.invalidateQueries({ queryKey: JOBS_KEY });
    notice(`${count} jobs deleted.`);
  };
  return (
    <ConfirmDialog
      title={queue === '' ? 'Purge all queues' : `Purge ${queue}`}
      submit="Purge"
      onClose={onClose}
      act={(value) => purge(value('state'))}
    >
      <p>Deletes jobs that have ended. What a failed one was to do is never done.</p>
      <Choice label="Jobs that are" name="state" options={ended.map((word) => [word, word])} />
    </ConfirmDialog>
  );
}

/** @returns how many there were. */
async function deleteAll(filters: { queue: string; state: string }): Promise<number> {
  let count = 0;
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof readJobs>> = await readJobs(
      { limit: PAGE, ...(cursor !== null && { cursor }) },
      filters,
    );
    for (const { id } of page.items) count += await deleteOne(id);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return count;
}

/** @returns 0 for one that somebody else deleted, or that runs again. */
async function deleteOne(jobId: string): Promise<number> {
  try {
    await act(() => api.DELETE('/admin/jobs/{jobId}', { params: { path: { jobId } } }));
    return 1;
  } catch (error) {
    if (error instanceof ApiProblem && [404, 409].includes(error.status)) return 0;
    throw error;
  }
}
