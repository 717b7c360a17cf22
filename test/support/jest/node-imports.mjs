import { createRequire, setSourceMapsSupport } from 'node:module';
import { pathToFileURL } from 'node:url';

import circus from 'jest-circus/runner';

const require = createRequire(import.meta.url);
const loaded = new Map();

// Stack traces show lines of the sources, those of packages as they are.
setSourceMapsSupport(true, { nodeModules: false });

/**
 * Jest's own test runner, for which Node imports the test file and what it needs. What a file imported stays loaded for
 * the next one of the worker; the test file itself is loaded anew. See ADR 114.
 */
export default function runFile(globalConfig, config, environment, runtime, path, report) {
  Object.assign(runtime, {
    requireInternalModule: requireAnew,
    unstable_shouldLoadAsEsm: () => true,
    unstable_importModule: importAnew,
  });
  // Jest's own knows no source maps of what it did not load.
  delete Error.prepareStackTrace;
  globalThis.jest = runtime.jestGlobals.jestObjectFor(path);
  return circus.default(globalConfig, config, environment, runtime, path, report);
}

/** Two projects of one worker may run the same file. */
function importAnew(file) {
  const times = loaded.get(file) ?? 0;
  loaded.set(file, times + 1);
  return import(pathToFileURL(file).href + (times > 0 ? `?${times}` : ''));
}

/** The module holds the tests of one file. */
function requireAnew(file) {
  delete require.cache[file];
  return require(file);
}
