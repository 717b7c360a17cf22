import type { BreachCheck } from '../breaches/breach-check.js';
import { RequestInvalid } from '../../../platform/problems/problem.js';
import { PasswordRules } from './password-rules.js';

describe('PasswordRules', () => {
  const list = { isBreached: async (password: string) => password === 'a leaked password' };
  const config = { serviceName: 'user-api' } as ConstructorParameters<typeof PasswordRules>[0];
  const rules = new PasswordRules(config, list as unknown as BreachCheck);
  const faultsOf = async (password: string, name = 'Ada', email = 'ada@example.com') => {
    try {
      await rules.enforce(password, { email, name });
      return [];
    } catch (error) {
      return (error as RequestInvalid).faults;
    }
  };

  it.each([
    ['the address', 'x ADA@example.com x', 'Ada', 'ada@Example.com'],
    ['the name', 'x grace HOPPER x', 'Grace Hopper'],
    ['the name of the service', 'x User-API x', 'Ada'],
    ['a name in full width', 'x hopper x x x', '\uFF28\uFF4F\uFF50\uFF50\uFF45\uFF52'],
    ['a name with a sharp s', 'x GROSSE x x x', 'Gro\u00DFe'],
    ['a name with a final sigma', 'x \u039F\u0394\u039F\u03A3x x x', '\u03BF\u03B4\u03BF\u03C2'],
  ])('refuses a password that contains %s, in any case', async (_what, password, ...owner) => {
    expect(await faultsOf(password, ...owner)).toEqual([
      {
        pointer: '/password',
        detail: 'must not contain your address, your name or the name of this service',
      },
    ]);
  });

  it.each([
    ['a name of three characters', 'x ada x x x x', 'Ada'],
    ['a name of three characters, of four in upper case', 'x A\u00DFA x x x', 'a\u00DFa'],
    ['a part of the name', 'x hopper x x x', 'Grace Hopper'],
    ['a part of the address', 'x example.com x', 'Ada'],
  ])('accepts a password that contains %s', async (_what, password, name) => {
    expect(await faultsOf(password, name)).toEqual([]);
  });

  it('refuses a password that is known from a data breach', async () => {
    expect(await faultsOf('a leaked password')).toEqual([
      { pointer: '/password', detail: 'is known from a data breach' },
    ]);
  });
});
