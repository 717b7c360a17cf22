import { createHmac, timingSafeEqual } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';

import { type DerivedKeys, deriveKeys } from '../../common/derived-keys.js';
import { problem } from '../../problems/problem.js';
import { authConfig } from '../access/auth.config.js';

/** 403: a request with a cookie is not from a page of ours, or has no token that fits. */
export class CsrfRefused extends problem(
  { code: 'auth.csrf', status: 403, title: 'Not from a page of this service' },
  'A request with a session cookie has to come from a page of this service, with its token.',
) {}

/** 403: a form of one's own account is from a session that has ended. */
export class FormSessionEnded extends problem(
  CsrfRefused,
  'The session that this form belongs to has ended.',
) {}

/** What a token is bound to: a session, or the cookie of a visitor who has none. */
export interface CsrfBinding {
  readonly kind: 'session' | 'visitor';
  readonly id: string;
}

/**
 * Tokens against forged requests, by HMAC (OWASP: HMAC-based token pattern): only pages of the same
 * session, or of the same visitor, have them.
 */
@Injectable()
export class CsrfTokens {
  private readonly keys: DerivedKeys;

  constructor(@Inject(authConfig.KEY) { jwtSecrets }: ConfigType<typeof authConfig>) {
    this.keys = deriveKeys(jwtSecrets, 'csrf');
  }

  issue(binding: CsrfBinding): string {
    return mac(this.keys[0], binding).toString('base64url');
  }

  /** Whether a token was issued for the binding. */
  fits(token: unknown, binding: CsrfBinding): boolean {
    if (typeof token !== 'string') return false;
    const given = Buffer.from(token, 'base64url');
    return this.keys.some((key) => {
      const expected = mac(key, binding);
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
  }
}

function mac(key: Buffer, { kind, id }: CsrfBinding): Buffer {
  return createHmac('sha256', key).update(`${kind}.${id}`).digest();
}
