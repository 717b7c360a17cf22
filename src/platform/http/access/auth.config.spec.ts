import { parseArea } from '../../config/env.js';
import { authArea } from './auth.config.js';

describe('secrets of the configuration', () => {
  it('rejects the default and weak JWT secrets in production', () => {
    const rulesOf = (JWT_SECRET: string) =>
      parseArea(authArea, { ENVIRONMENT: 'production', JWT_SECRET });
    const strong = 'x'.repeat(32);
    expect(parseArea(authArea, { ENVIRONMENT: 'production' })).toHaveProperty('faults');
    expect(rulesOf(`${strong},dev-secret-change-me`)).toHaveProperty('faults');
    expect(rulesOf(`${strong},short`)).toHaveProperty('faults');
    expect(rulesOf(`${strong}, ${'ü'.repeat(16)}`)).toHaveProperty('values');
  });
});
