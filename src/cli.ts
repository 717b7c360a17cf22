import { onSupportedNode } from './runtime.js';

await onSupportedNode(async () => {
  const { runCli } = await import('./app.cli.js');
  await runCli();
});
