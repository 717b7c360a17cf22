import { parseArea } from '../../../platform/config/env.js';
import { breachArea } from './breach.config.js';

describe('configuration of breached passwords', () => {
  const parsed = (BREACH_CHECK: string, ENVIRONMENT = 'test') =>
    parseArea(breachArea, { BREACH_CHECK, ENVIRONMENT });

  it.each([
    ['https://ranges.example/range/', 'https://ranges.example/range'],
    ['file:/data/list.txt', 'file:/data/list.txt'],
    ['file:list.txt', 'file:list.txt'],
  ])('accepts %s', (given, value) => {
    expect(parsed(given, 'production')).toMatchObject({ values: { BREACH_CHECK: value } });
  });

  it.each([
    'file:',
    'file:/data/a\nb',
    'ftp://ranges.example',
    'https://me:secret@ranges.example',
    'https://ranges.example/?key=secret',
    '/data/list.txt',
  ])('refuses %j', (given) => {
    expect(parsed(given)).toMatchObject({ faults: [{ name: 'BREACH_CHECK' }] });
  });

  it('refuses http: under the production rules', () => {
    expect(parsed('http://ranges.example')).toHaveProperty('values');
    expect(parsed('http://ranges.example', 'production')).toEqual({
      faults: [{ name: 'BREACH_CHECK', rule: 'must be https: or file: in production' }],
    });
  });
});
