import { existsSync, readFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const CONFIGURATION = new URL('../.swcrc', import.meta.url);

/** Sources of the service and tests. */
const OURS = /\/(src|test)\/(?!.*node_modules)[^?]*\.ts(\?|$)/;
const TEST = /\/test\/|\.spec\.ts/;
/** What Node cannot strip: decorators, and parameters that are properties. */
const MORE_THAN_TYPES = /^\s*@[A-Z]\w*\(|constructor\([^)]*\b(private|readonly)\b/m;

// Lets Node find `./x.ts` where source says `./x.js`, and compiles as the build does, since Node knows no decorators.
registerHooks({
  resolve(specifier, context, next) {
    if (/^\.{1,2}\/.*\.js$/.test(specifier) && /\.ts(\?|$)/.test(context.parentURL ?? '')) {
      const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
      if (existsSync(fileURLToPath(source)))
        return next(specifier.replace(/\.js$/, '.ts'), context);
    }
    return next(specifier, context);
  },
  load(url, context, next) {
    if (!OURS.test(url)) return next(url, context);
    const filename = fileURLToPath(url);
    const source = readFileSync(filename, 'utf8');
    // Node strips types in place, so that stack traces show each line of a test where it is.
    if (TEST.test(url) && !MORE_THAN_TYPES.test(source)) return next(url, context);
    const { code } = compiler()(source, filename);
    return { format: 'module', source: code, shortCircuit: true };
  },
});

/** SWC with the options of the build, loaded only where there is something to compile. */
let compile;
function compiler() {
  if (compile !== undefined) return compile;
  const { transformSync } = require('@swc/core');
  // Not all of it: the build leaves tests out.
  const { jsc, module } = JSON.parse(readFileSync(CONFIGURATION, 'utf8'));
  compile = (source, filename) =>
    transformSync(source, { jsc, module, swcrc: false, filename, sourceMaps: 'inline' });
  return compile;
}
