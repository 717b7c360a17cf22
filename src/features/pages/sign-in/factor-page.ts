import type { FactorRequired } from '../../sessions/sign-in/sign-in.errors.js';
import { pathWith, wantedPath } from '../page/own-path.js';
import { type PageAnswer, seeOther } from '../page/page-answer.js';
import { LOGIN_COOKIE } from '../web/visit.js';

/** Leads to the second factor. The token of the sign-in waits in a cookie: an address or a form would show it. */
export function askFactor({ members }: FactorRequired, next: string | undefined): PageAnswer {
  const { login_token: token, factors, expires_in: maxAge } = members;
  return seeOther(pathWith('/sign-in/factor', { next: wantedPath(next) }), [
    { name: LOGIN_COOKIE, value: `${token}.${factors.join('.')}`, maxAge },
  ]);
}
