import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';

import { storedEmail } from '../../../platform/common/email-address.js';
import { RequestInvalid } from '../../../platform/problems/problem.js';
import { appConfig } from '../../../platform/app/app.config.js';
import { BreachCheck } from '../breaches/breach-check.js';

/** Shorter words are in too many good passwords. */
const SHORTEST_WORD = 4;

/**
 * Refuses passwords that contain words of their account, or are known from a data breach (NIST SP
 * 800-63B-4 §3.1.1.2).
 */
@Injectable()
export class PasswordRules {
  constructor(
    @Inject(appConfig.KEY) private readonly config: ConfigType<typeof appConfig>,
    private readonly breaches: BreachCheck,
  ) {}

  /**
   * Refuses a password that contains the account's whole address or name, or the name of the
   * service, in any case, or that is known from a data breach.
   * @param password normalised, see `newPassword`.
   * @param owner as the account will be.
   * @throws RequestInvalid
   */
  async enforce(
    password: string,
    owner: { readonly email: string; readonly name: string },
  ): Promise<void> {
    if (this.containsOwnWord(password, owner))
      throw refusal('must not contain your address, your name or the name of this service');
    if (await this.breaches.isBreached(password)) throw refusal('is known from a data breach');
  }

  private containsOwnWord(password: string, { email, name }: { email: string; name: string }) {
    const within = folded(password);
    return [email, storedEmail(email).email, name, this.config.serviceName]
      .filter((word) => [...word].length >= SHORTEST_WORD)
      .some((word) => within.includes(folded(word)));
  }
}

function refusal(detail: string): RequestInvalid {
  return new RequestInvalid([{ pointer: '/password', detail }]);
}

/** Upper case: `ß` and `SS`, `σ` and `ς` have only that in common. */
function folded(text: string): string {
  return text.normalize('NFKC').toUpperCase();
}
