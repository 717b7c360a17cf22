import { Logger } from '@nestjs/common';

/**
 * Runs generators, all or the named ones, in one process: most load the whole application. Each of them reads
 * `--check` from the command line, and then writes nothing and fails when a file is stale.
 */
const generators: Readonly<Record<string, () => Promise<unknown>>> = {
  docs: () => import('./generate-docs.js'),
  exposure: () => import('./generate-exposure.js'),
  'event-schemas': () => import('./generate-event-schemas.js'),
  client: () => import('./generate-client.js'),
  dashboards: () => import('./generate-dashboards.js'),
  'prometheus-rule': () => import('./generate-prometheus-rule.js'),
};

// Several look at the modules of the API, each with a data source that none of them opens.
Logger.overrideLogger(['error']);
const named = process.argv.slice(2).filter((argument) => argument !== '--check');
for (const name of named.length > 0 ? named : Object.keys(generators)) {
  const generate = generators[name];
  if (!generate)
    throw new Error(`no generator ${name}: there are ${Object.keys(generators).join(', ')}`);
  await generate();
}
