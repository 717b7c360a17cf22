import { Injectable } from '@nestjs/common';

import type { SignedInUser } from '../../../platform/common/request/principal.js';
import { SESSION_COOKIE } from '../../sessions/authentication/cookie-authentication.js';
import { SessionsService } from '../../sessions/live-sessions/sessions.service.js';
import { pathWith } from '../page/own-path.js';
import { type PageAnswer, seeOther } from '../page/page-answer.js';
import { CONSOLE_COOKIE } from '../web/visit.js';

@Injectable()
export class SignOutPage {
  constructor(private readonly sessions: SessionsService) {}

  /** Ends the session in use. */
  async signOut(caller: SignedInUser): Promise<PageAnswer> {
    await this.sessions.signOut(caller);
    return seeOther(pathWith('/sign-in', { notice: 'signed-out' }), [
      { name: SESSION_COOKIE, value: undefined },
      { name: CONSOLE_COOKIE, value: undefined },
    ]);
  }
}
