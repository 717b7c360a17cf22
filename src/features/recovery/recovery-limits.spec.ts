import { loadSections } from '../../platform/config/section.js';
import { limitsConfig } from '../../platform/http/limits/limits.config.js';
import { recovery } from './recovery.feature.js';

afterEach(async () => {
  delete process.env['RATE_LIMIT_LOGINS'];
  await loadSections([limitsConfig]);
});

it('disables the limits of account recovery with those of log-ins', async () => {
  const { source, account } = recovery.limits;
  const limits = () => [source.tokens().limit, account.mails().limit];
  expect(limits()).toEqual([60, 10]);
  process.env['RATE_LIMIT_LOGINS'] = '0';
  await loadSections([limitsConfig]);
  expect(limits()).toEqual([0, 0]);
});
