import { onSupportedNode } from './bootstrap/runtime.js';

await onSupportedNode(async (signals) => {
  const { runWorker } = await import('./bootstrap/worker.process.js');
  await runWorker(signals);
});
