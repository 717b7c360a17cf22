import '../../../test/support/nest-order.js';

// The environment is read once, at the first use.
process.env['RATE_LIMIT_LOGINS'] = '0';
// After Nest, see the first import.
const { recovery } = await import('./recovery.feature.js');

it('disables the limits of account recovery with those of log-ins', () => {
  const { source, account } = recovery.limits;
  expect([source.tokens().limit, account.mails().limit]).toEqual([0, 0]);
});
