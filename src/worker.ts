import { onSupportedNode } from './runtime.js';

await onSupportedNode(async () => {
  const { runWorker } = await import('./app.worker.js');
  await runWorker();
});
