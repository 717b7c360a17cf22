import { readFileSync } from 'node:fs';

import { migrationNames } from './migration-files.js';

/** Migrations that take away what no supported release uses any more. Their changelog entries say so. */
const CONTRACTIONS: readonly string[] = [];

const TAKEN_AWAY =
  /\b(?:RENAME(?: COLUMN)?|DROP (?:INDEX|TABLE|COLUMN|CONSTRAINT|TRIGGER|FUNCTION)(?: CONCURRENTLY)?(?: IF EXISTS)?) (?:public\.)?(\w+)/g;

/** What a migration drops or renames, and does not create anew. */
function takenAway(sql: string): string[] {
  const names = [...sql.matchAll(TAKEN_AWAY)].map(([, name = '']) => name);
  const rest = sql.replaceAll(TAKEN_AWAY, '');
  return names.filter((name) => !new RegExp(String.raw`\b${name}\b`).test(rest));
}

describe('the migrations', () => {
  it.each(migrationNames('migrations').filter((name) => !CONTRACTIONS.includes(name)))(
    'leave the previous release what it uses: %s',
    (name) => {
      expect(takenAway(readFileSync(`migrations/${name}.up.sql`, 'utf8'))).toEqual([]);
    },
  );
});
