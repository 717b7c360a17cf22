import { onSupportedNode } from './runtime.js';

await onSupportedNode(async (signals) => {
  const { runWorker } = await import('./app.worker.js');
  await runWorker(signals);
});
