import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname } from 'node:path';

import { rolldown } from 'rolldown';

/**
 * Writes what the pages load into `dist/assets`: names have a hash of the content, since browsers keep
 * the files, and `manifest.json` has the names.
 */
const SOURCE = 'pages';
const OUTPUT = 'dist/assets';

const contents: Record<string, string> = {
  'pages.css': ['tokens', 'pages']
    .map((name) => minified(readFileSync(`${SOURCE}/${name}.css`, 'utf8')))
    .join(''),
  'forms.js': await bundled(`${SOURCE}/forms.js`),
  'passkeys.js': await bundled(`${SOURCE}/passkeys.js`),
};

mkdirSync(OUTPUT, { recursive: true });
const manifest = Object.fromEntries(
  Object.entries(contents).map(([name, content]) => {
    const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
    const extension = extname(name);
    const hashed = `${name.slice(0, -extension.length)}-${hash}${extension}`;
    writeFileSync(`${OUTPUT}/${hashed}`, content);
    return [name, hashed];
  }),
);
writeFileSync(`${OUTPUT}/manifest.json`, JSON.stringify(manifest));

async function bundled(input: string): Promise<string> {
  const bundle = await rolldown({ input, platform: 'browser' });
  const { output } = await bundle.generate({ format: 'esm', minify: true });
  await bundle.close();
  return output[0].code;
}

/** Without comments and indentation. */
function minified(css: string): string {
  return css.replaceAll(/\/\*[^]*?\*\//g, '').replaceAll(/\s*\n\s*/g, '\n');
}
