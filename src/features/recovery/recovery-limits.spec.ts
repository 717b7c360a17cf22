import { loadEnvironment } from '../../platform/config/env.js';
import { limitsConfig } from '../../platform/http/limits/limits.config.js';
import { recovery } from './recovery.feature.js';

afterEach(() => {
  delete process.env['RATE_LIMIT_LOGINS'];
  loadEnvironment([limitsConfig.area]);
});

it('disables the limits of account recovery with those of log-ins', () => {
  const { source, account } = recovery.limits;
  const limits = () => [source.tokens().limit, account.mails().limit];
  expect(limits()).toEqual([60, 10]);
  process.env['RATE_LIMIT_LOGINS'] = '0';
  loadEnvironment([limitsConfig.area]);
  expect(limits()).toEqual([0, 0]);
});
