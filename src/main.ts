import { onSupportedNode } from './bootstrap/runtime.js';

await onSupportedNode(async (signals) => {
  const { runApi } = await import('./bootstrap/api.process.js');
  await runApi(signals);
});
