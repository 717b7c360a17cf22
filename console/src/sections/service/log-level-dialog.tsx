import { useQueryClient } from '@tanstack/react-query';

import { act, api } from '../../access/api.js';
import { Dialog, type FormValues } from '../../components/dialog.js';
import { Choice } from '../../components/field.js';
import { notice } from '../../components/notices.js';
import { OVERVIEW_KEY } from './overview.js';

const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

const durations = [
  ['900', '15 minutes'],
  ['3600', 'an hour'],
  ['86400', 'a day'],
] as const;

/** Changes the log level of the replica that answers, for a while. */
export function LogLevelDialog({ level, onClose }: { level: string; onClose: () => void }) {
  const queries = useQueryClient();
  const change = async (value: FormValues) => {
    const body = { level: value('level'), seconds: Number(value('seconds')) };
    await act(() => api.PUT('/admin/log-level', { body }));
    await queries.invalidateQueries({ queryKey: OVERVIEW_KEY });
    onClose();
    notice('Log level changed.');
  };
  return (
    <Dialog title="Log level" submit="Change" onClose={onClose} onSubmit={change}>
      <p>Of the replica that answers; the configured level returns by itself.</p>
      <Choice
        label="Level"
        name="level"
        options={levels.map((each) => [each, each] as const)}
        defaultValue={level}
      />
      <Choice label="For" name="seconds" options={durations} />
    </Dialog>
  );
}
