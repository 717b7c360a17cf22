import { createHmac } from 'node:crypto';

import { deriveKeys } from '../../../platform/common/derived-keys.js';
import { DeviceTokens } from './device-tokens.js';

const tokensOf = (...jwtSecrets: string[]) =>
  new DeviceTokens({ jwtSecrets } as ConstructorParameters<typeof DeviceTokens>[0]);
const device = { id: 'device', userId: 'user', generation: 3 };

describe('device tokens', () => {
  it('are recognised, even after a rotation of the secret', () => {
    const token = tokensOf('old').issue(device);
    expect(tokensOf('old').verify(token)).toEqual(device);
    expect(tokensOf('new', 'old').verify(token)).toEqual(device);
  });

  it('of the previous release are of the first generation', () => {
    const [key] = deriveKeys(['secret'], 'device-token');
    const signature = createHmac('sha256', key).update('device.user').digest('base64url');
    expect(tokensOf('secret').verify(`device.user.${signature}`)).toEqual({
      ...device,
      generation: 1,
    });
  });

  it('are ignored when forged, for another user, huge or missing', () => {
    const tokens = tokensOf('secret');
    const token = tokens.issue(device);
    for (const forged of [
      tokensOf('other').issue(device),
      token.replace('user', 'root'),
      token.replace('device', 'other'),
      token.replace('.3.', '.4.'),
      token.replace('.3.', '.'),
      token.slice(0, -1),
      'x'.repeat(100_000),
      '..',
      '',
      undefined,
    ])
      expect(tokens.verify(forged)).toBeUndefined();
  });
});
