import { setFlagsFromString } from 'node:v8';

import { onSupportedNode } from './bootstrap/lifecycle/runtime.js';

// Bulk commands often run beside a service in the same pod: an import of 100,000 users stays below
// 180 MB instead of 360, at twice the CPU. New objects get no more room as they come: that is 20 MB of it,
// and costs no CPU. It has to be said before the modules are loaded.
if (process.argv[2] === 'users')
  setFlagsFromString('--optimize-for-size --semi-space-growth-factor=1');

await onSupportedNode(async (signals) => {
  const { runCli } = await import('./bootstrap/processes/cli.process.js');
  await runCli(signals);
});
