// Preloaded into a process of ours: SIGUSR2 ends one of its worker threads in whatever it does.
import { subscribe } from 'node:diagnostics_channel';
import { isMainThread } from 'node:worker_threads';

const threads = new Set();
subscribe('worker_threads', ({ worker }) => {
  threads.add(worker);
  worker.once('exit', () => threads.delete(worker));
});
if (isMainThread)
  process.on('SIGUSR2', () => {
    const [oldest] = threads;
    if (oldest === undefined) return;
    process.stderr.write('thread killed\n');
    void oldest.terminate();
  });
