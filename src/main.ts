import { onSupportedNode } from './bootstrap/lifecycle/runtime.js';

await onSupportedNode(async (signals) => {
  const { runApi } = await import('./bootstrap/processes/api.process.js');
  await runApi(signals);
});
