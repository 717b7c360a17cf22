import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';

import { storedEmail } from '../../../platform/common/email-address.js';
import { RequestInvalid } from '../../../platform/problems/problem.js';
import { appConfig } from '../../../platform/app/app.config.js';

/** Shorter words are in too many good passwords. */
const SHORTEST_WORD = 4;

/** Refuses passwords that contain words of their account (NIST SP 800-63B-4 §3.1.1.2). */
@Injectable()
export class PasswordRules {
  constructor(@Inject(appConfig.KEY) private readonly config: ConfigType<typeof appConfig>) {}

  /**
   * Refuses a password that contains the account's whole address or name, or the name of the service, in any case.
   * @param password normalised, see `newPassword`.
   * @param owner as the account will be.
   * @throws RequestInvalid
   */
  check(password: string, owner: { readonly email: string; readonly name: string }): void {
    const words = [
      owner.email,
      storedEmail(owner.email).email,
      owner.name,
      this.config.serviceName,
    ].map(folded);
    const within = folded(password);
    if (words.some((word) => [...word].length >= SHORTEST_WORD && within.includes(word)))
      throw new RequestInvalid([
        {
          pointer: '/password',
          detail: 'must not contain your address, your name or the name of this service',
        },
      ]);
  }
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
