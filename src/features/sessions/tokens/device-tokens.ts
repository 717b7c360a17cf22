import { createHmac, timingSafeEqual } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';

import { type DerivedKeys, deriveKeys } from '../../../platform/common/derived-keys.js';
import { authConfig } from '../../../platform/http/access/auth.config.js';

/** A device that has signed in to an account. */
export interface Device {
  readonly id: string;
  readonly userId: string;
}

const MAX_LENGTH = 200;

/**
 * Tokens that a device sends at later sign-ins, to distinguish it from attackers (OWASP device
 * cookies). They prove nothing else: `<device>.<user>.<HMAC>`.
 */
@Injectable()
export class DeviceTokens {
  private readonly keys: DerivedKeys;

  constructor(@Inject(authConfig.KEY) { jwtSecrets }: ConfigType<typeof authConfig>) {
    this.keys = deriveKeys(jwtSecrets, 'device-token');
  }

  issue({ id, userId }: Device): string {
    const content = `${id}.${userId}`;
    return `${content}.${mac(this.keys[0], content)}`;
  }

  /** The device of a valid token; undefined for any other text. */
  verify(token: string | undefined): Device | undefined {
    if (token === undefined || token.length > MAX_LENGTH) return undefined;
    const [id = '', userId = '', signature = ''] = token.split('.');
    const given = Buffer.from(signature);
    const genuine = this.keys.some((key) => {
      const expected = Buffer.from(mac(key, `${id}.${userId}`));
      return expected.length === given.length && timingSafeEqual(expected, given);
    });
    return genuine ? { id, userId } : undefined;
  }
}

function mac(key: Buffer, content: string): string {
  return createHmac('sha256', key).update(content).digest('base64url');
}
