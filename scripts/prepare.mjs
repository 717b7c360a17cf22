import { spawnSync } from 'node:child_process';

// Plain JavaScript: it runs on whatever Node npm itself runs on. A copy without git has no hooks.
spawnSync('git', ['config', 'core.hooksPath', '.githooks'], { stdio: 'ignore' });
process.stdout.write('\nReady. `npm start` serves on http://localhost:8080, `npm test` tests.\n');
