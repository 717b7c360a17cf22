import { threadTasks } from '../../platform/declarations/thread-task.js';

/** Parsing and writing of files, a batch at a time. */
export const bulkTasks = threadTasks<typeof import('./bulk.task.js')>('bulk', import.meta.url, {
  readUsers: 'bulk',
  writeUsers: 'bulk',
});
