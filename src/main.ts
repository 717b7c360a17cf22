import { onSupportedNode } from './runtime.js';

await onSupportedNode(async (signals) => {
  const { runApi } = await import('./app.api.js');
  await runApi(signals);
});
