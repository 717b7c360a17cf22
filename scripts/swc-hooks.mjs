import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

import { transformSync } from '@swc/core';

// Node strips types but knows no decorators; this lets a script load modules and controllers. After `ts-hooks.mjs`.
registerHooks({
  load(url, context, next) {
    if (!/\/src\/.*\.ts$/.test(url)) return next(url, context);
    const filename = fileURLToPath(url);
    const { code } = transformSync(readFileSync(filename, 'utf8'), {
      filename,
      configFile: fileURLToPath(new URL('../.swcrc', import.meta.url)),
      sourceMaps: false,
    });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
