import { parseArea } from '../../config/env.js';
import { databaseArea } from './database.config.js';

describe('a database URL that cannot be used', () => {
  it('has one fault, under the name of the given variable', () => {
    const [bad, good] = ['postgresql://u@h/db?sslcert=/nowhere', 'postgresql://u@h/db'];
    const names = (given: Record<string, string>) => {
      const result = parseArea(databaseArea, given);
      return 'faults' in result ? result.faults.map(({ name }) => name) : [];
    };
    expect(names({ DATABASE_URL: bad })).toEqual(['DATABASE_URL']);
    expect(names({ DATABASE_URL: good, DATABASE_DIRECT_URL: bad })).toEqual([
      'DATABASE_DIRECT_URL',
    ]);
  });
});
