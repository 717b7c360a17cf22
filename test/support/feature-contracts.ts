import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FEATURES = join(import.meta.dirname, '../../src/features');

/** What the outside may rely on: who may do an action, and what each route declares beside its access. */
interface Contract {
  readonly access: Readonly<Record<string, readonly string[]>>;
  readonly routes: Readonly<Record<string, object>>;
}

/** The contracts that features keep beside their code, in a `<name>.contract.json`, as one. */
export function featureContracts(): Contract {
  const contracts = globSync('*/*.contract.json', { cwd: FEATURES }).map(
    (file) => JSON.parse(readFileSync(join(FEATURES, file), 'utf8')) as Contract,
  );
  return {
    access: Object.assign({}, ...contracts.map(({ access }) => access)) as Contract['access'],
    routes: Object.assign({}, ...contracts.map(({ routes }) => routes)) as Contract['routes'],
  };
}
