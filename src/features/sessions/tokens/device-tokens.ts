import { createHmac, timingSafeEqual } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';

import { type DerivedKeys, deriveKeys } from '../../../platform/common/derived-keys.js';
import { authConfig } from '../../../platform/http/access/auth.config.js';
import type { Device } from '../../credentials/passwords/password-check.js';

const MAX_LENGTH = 200;

/**
 * Tokens that a device sends at later sign-ins, to distinguish it from attackers (OWASP device
 * cookies). They prove nothing else: `<device>.<user>.<generation>.<HMAC>`. Those of the previous
 * release have no generation: it is the first.
 */
@Injectable()
export class DeviceTokens {
  private readonly keys: DerivedKeys;

  constructor(@Inject(authConfig.KEY) { jwtSecrets }: ConfigType<typeof authConfig>) {
    this.keys = deriveKeys(jwtSecrets, 'device-token');
  }

  issue({ id, userId, generation }: Device): string {
    const content = `${id}.${userId}.${generation}`;
    return `${content}.${mac(this.keys[0], content)}`;
  }

  /** The device of a valid token; undefined for any other text. */
  verify(token: string | undefined): Device | undefined {
    if (token === undefined || token.length > MAX_LENGTH) return undefined;
    const content = token.slice(0, Math.max(token.lastIndexOf('.'), 0));
    const signature = token.slice(content.length + 1);
    const given = Buffer.from(signature);
    const genuine = this.keys.some((key) => {
      const expected = Buffer.from(mac(key, content));
      return expected.length === given.length && timingSafeEqual(expected, given);
    });
    const [id = '', userId = '', generation = '1'] = content.split('.');
    return genuine ? { id, userId, generation: Number(generation) } : undefined;
  }
}

function mac(key: Buffer, content: string): string {
  return createHmac('sha256', key).update(content).digest('base64url');
}
