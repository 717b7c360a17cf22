// What `npm run start:dev` runs again at each change: build, then serve.
import './build-if-stale.ts';

if (process.exitCode === undefined) {
  // Built a moment ago: nothing here knows its types.
  const main = '../dist/main.js';
  await import(main);
}
