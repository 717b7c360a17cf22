import { onSupportedNode } from './runtime.js';

await onSupportedNode(async () => {
  const { runApi } = await import('./app.api.js');
  await runApi();
});
