import { useQueryClient } from '@tanstack/react-query';

import { endedJobStates } from '../../../../client/values.js';
import { act, api } from '../../access/api.js';
import { BatchDialog } from '../../components/batch-dialog.js';
import { Choice } from '../../components/field.js';
import { notice } from '../../components/notices.js';
import { JOBS_KEY } from './job-list.js';

type State = (typeof endedJobStates)[number];

interface BatchDialogProps {
  /** Empty: all queues. */
  queue: string;
  onClose: () => void;
}

/** Deletes the jobs that have ended in one way. */
export function PurgeDialog({ queue, onClose }: BatchDialogProps) {
  const onDone = useDone('deleted');
  return (
    <BatchDialog
      title={queue === '' ? 'Purge all queues' : `Purge ${queue}`}
      submit="Purge"
      danger
      next={async (value, cursor) => {
        const body = { state: value('state') as State, ...place(queue, cursor) };
        return (await act(() => api.POST('/admin/jobs/purge', { body }))).data;
      }}
      onDone={onDone}
      onClose={onClose}
    >
      <p>Deletes jobs that have ended. What a failed one was to do is never done.</p>
      <Choice
        label="Jobs that are"
        name="state"
        options={endedJobStates.map((word) => [word, word])}
      />
    </BatchDialog>
  );
}

/** Gives all failed jobs one more attempt. */
export function RequeueDialog({ queue, onClose }: BatchDialogProps) {
  const onDone = useDone('due again');
  return (
    <BatchDialog
      title={queue === '' ? 'Requeue failed jobs' : `Requeue failed jobs of ${queue}`}
      submit="Requeue"
      next={async (_, cursor) => {
        const body = place(queue, cursor);
        return (await act(() => api.POST('/admin/jobs/retry', { body }))).data;
      }}
      onDone={onDone}
      onClose={onClose}
    >
      <p>Each gets one more attempt, at once.</p>
    </BatchDialog>
  );
}

const place = (queue: string, cursor: string | undefined) => ({
  ...(queue !== '' && { queue }),
  ...(cursor !== undefined && { cursor }),
});

function useDone(what: string): (count: number) => Promise<void> {
  const queries = useQueryClient();
  return async (count) => {
    await queries.invalidateQueries({ queryKey: JOBS_KEY });
    notice(`${count} jobs ${what}.`);
  };
}
