import { onSupportedNode } from './bootstrap/lifecycle/runtime.js';

await onSupportedNode(async (signals) => {
  const { runWorker } = await import('./bootstrap/processes/worker.process.js');
  await runWorker(signals);
});
