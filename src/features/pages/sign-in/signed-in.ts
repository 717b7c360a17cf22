import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';

import { authConfig } from '../../../platform/http/access/auth.config.js';
import {
  SESSION_COOKIE,
  VISITOR_COOKIE,
} from '../../sessions/authentication/cookie-authentication.js';
import { SessionCookies } from '../../sessions/authentication/session-cookies.js';
import type { TokensResponse } from '../../sessions/tokens/token.schemas.js';
import type { CookieChange } from '../page/page-answer.js';
import { CONSOLE_COOKIE, DEVICE_COOKIE, LOGIN_COOKIE } from '../web/visit.js';

/** Seconds a browser is known as the owner's: browsers keep no cookie longer than 400 days. */
const DEVICE_MAX_AGE = 400 * 86_400;

/** Every way to sign in by pages ends here. */
@Injectable()
export class SignedIn {
  constructor(
    private readonly sessions: SessionCookies,
    @Inject(authConfig.KEY) private readonly config: ConfigType<typeof authConfig>,
  ) {}

  /** The cookies of a session that was just opened. What belonged to the visitor, or to the session before, goes. */
  cookies(tokens: TokensResponse): readonly CookieChange[] {
    const value = this.sessions.of(tokens);
    return [
      // The session ends before, where it is not used.
      { name: SESSION_COOKIE, value, maxAge: this.config.sessionMax },
      { name: DEVICE_COOKIE, value: tokens.device_token, maxAge: DEVICE_MAX_AGE },
      { name: LOGIN_COOKIE, value: undefined },
      { name: VISITOR_COOKIE, value: undefined },
      { name: CONSOLE_COOKIE, value: undefined },
    ];
  }
}
