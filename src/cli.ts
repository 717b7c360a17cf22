import { setFlagsFromString } from 'node:v8';

import { onSupportedNode } from './runtime.js';

// A command often runs beside a service in the same pod: memory counts more than speed. An import
// of 100,000 users stays below 175 MB instead of 360, at twice the CPU.
setFlagsFromString('--optimize-for-size');

await onSupportedNode(async () => {
  const { runCli } = await import('./app.cli.js');
  await runCli();
});
