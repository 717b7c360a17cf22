import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FEATURES = join(import.meta.dirname, '../../src/features');

/** What the outside may rely on: who may do an action, what each route declares beside its access, and codes with their statuses. */
interface Contract {
  readonly access: Readonly<Record<string, readonly string[]>>;
  readonly routes: Readonly<Record<string, object>>;
  readonly problems: Readonly<Record<string, number>>;
}

/** The contracts that features keep beside their code, in a `<name>.contract.json`, as one. */
export function featureContracts(): Contract {
  const contracts = globSync('*/*.contract.json', { cwd: FEATURES }).map(
    (file) => JSON.parse(readFileSync(join(FEATURES, file), 'utf8')) as Contract,
  );
  return {
    access: Object.assign({}, ...contracts.map(({ access }) => access)) as Contract['access'],
    routes: Object.assign({}, ...contracts.map(({ routes }) => routes)) as Contract['routes'],
    problems: Object.assign(
      {},
      ...contracts.map(({ problems }) => problems),
    ) as Contract['problems'],
  };
}
