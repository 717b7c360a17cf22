import { Injectable } from '@nestjs/common';

import type { TokensResponse } from '../../sessions/tokens/token.schemas.js';
import { validate } from '../../../platform/http/validation/validation.js';
import type { ProblemError } from '../../../platform/problems/problem.js';
import { OidcProviders } from '../../identities/providers/oidc-providers.js';
import { FactorRequired } from '../../sessions/sign-in/sign-in.errors.js';
import { factorLoginRequest, loginRequest } from '../../sessions/sign-in/sign-in.schemas.js';
import { SignInService } from '../../sessions/sign-in/sign-in.service.js';
import { InvalidToken } from '../../credentials/credential.errors.js';
import { askFactor } from './factor-page.js';
import { proofOf } from './factor-proof.js';
import { SignedIn } from './signed-in.js';
import { answerForm, fieldsOf, type Form } from '../page/form.js';
import { ownPath, pathWith, wantedPath } from '../page/own-path.js';
import { found, type PageAnswer, seeOther, show } from '../page/page-answer.js';
import { LOGIN_COOKIE, type Visit } from '../web/visit.js';

/** Sign-in by pages: password, then the second factor where the account has one. */
@Injectable()
export class SignInPages {
  constructor(
    private readonly providers: OidcProviders,
    private readonly signIn: SignInService,
    private readonly signedIn: SignedIn,
  ) {}

  show({ next, notice }: Form, { caller }: Visit): PageAnswer {
    if (caller.kind === 'user') return found(ownPath(next));
    return this.page({ next, notice });
  }

  password(form: Form, { client }: Visit): Promise<PageAnswer> {
    return answerForm(
      async () => {
        const credentials = validate(loginRequest, fieldsOf(form, 'email', 'password'));
        return this.finish(await this.signIn.login(credentials, client), form);
      },
      (problem) =>
        problem instanceof FactorRequired
          ? askFactor(problem, form['next'])
          : this.page({ next: form['next'], email: form['email'] }, problem),
    );
  }

  showFactor({ next }: Form, { pendingLogin }: Visit): PageAnswer {
    if (pendingLogin === undefined) return found(pathWith('/sign-in', { next }));
    return this.factorPage(next, pendingLogin);
  }

  factor(form: Form, { client, pendingLogin = '' }: Visit): Promise<PageAnswer> {
    const [login_token] = pendingLogin.split('.');
    return answerForm(
      async () => {
        const request = validate(factorLoginRequest, { login_token, ...proofOf(form) });
        return this.finish(await this.signIn.loginFactor(request, client), form);
      },
      (problem) =>
        problem instanceof InvalidToken || pendingLogin === ''
          ? this.startAgain(form)
          : this.factorPage(form['next'], pendingLogin, problem),
    );
  }

  private finish(tokens: TokensResponse, { next }: Form): PageAnswer {
    return seeOther(ownPath(next), this.signedIn.cookies(tokens));
  }

  private startAgain({ next }: Form): PageAnswer {
    return seeOther(pathWith('/sign-in', { next: wantedPath(next), notice: 'sign-in-over' }), [
      { name: LOGIN_COOKIE, value: undefined },
    ]);
  }

  private page(
    model: { next?: string | undefined; email?: string | undefined; notice?: string | undefined },
    problem?: ProblemError,
  ): PageAnswer {
    const next = wantedPath(model.next);
    const load = async () => (await import('./sign-in.view.js')).signInView;
    return show(load, { ...model, next, problem, providers: this.providers.list() }, problem);
  }

  private factorPage(next: string | undefined, pending: string, problem?: ProblemError) {
    const [, ...factors] = pending.split('.');
    const load = async () => (await import('./sign-in.view.js')).factorView;
    return show(load, { next: wantedPath(next), factors, problem }, problem);
  }
}
