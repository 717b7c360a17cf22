import { Injectable } from '@nestjs/common';

import type { TokensResponse } from '../../sessions/tokens/token.schemas.js';
import { validate } from '../../../platform/http/validation/validation.js';
import { type ProblemError, RateLimited } from '../../../platform/problems/problem.js';
import { OidcProviders } from '../../identities/providers/oidc-providers.js';
import { FactorRequired } from '../../sessions/sign-in/sign-in.errors.js';
import { PasskeySignIn } from '../../sessions/passkeys/passkey-sign-in.js';
import { passkeyLoginRequest } from '../../sessions/passkeys/passkey-sign-in.schemas.js';
import { FactorStep } from '../../sessions/sign-in/factor-step.js';
import {
  factorLoginRequest,
  factorOptionsRequest,
  loginRequest,
} from '../../sessions/sign-in/sign-in.schemas.js';
import { SignInService } from '../../sessions/sign-in/sign-in.service.js';
import { InvalidToken } from '../../credentials/credential.errors.js';
import { askFactor } from './factor-page.js';
import { parsed, proofOf } from './factor-proof.js';
import { SignedIn } from './signed-in.js';
import { fieldsOf, type Form, type PageForm } from '../page/form.js';
import { ownPath, pathWith, wantedPath } from '../page/own-path.js';
import { type Data, found, type PageAnswer, seeOther, show } from '../page/page-answer.js';
import type { FailedProof } from '../layout/proof-forms.js';
import { LOGIN_COOKIE, type Visit } from '../web/visit.js';

/** Sign-in by pages: password, then the second factor where the account has one; or a passkey alone. */
@Injectable()
export class SignInPages {
  constructor(
    private readonly providers: OidcProviders,
    private readonly signIn: SignInService,
    private readonly passkeys: PasskeySignIn,
    private readonly factorStep: FactorStep,
    private readonly signedIn: SignedIn,
  ) {}

  show({ next, notice }: Form, { caller }: Visit): PageAnswer {
    if (caller.kind === 'user') return found(ownPath(next));
    return this.page({ next, notice });
  }

  password(form: Form, { client }: Visit): PageForm {
    return {
      work: async () => {
        const credentials = validate(loginRequest, fieldsOf(form, 'email', 'password'));
        return this.finish(await this.signIn.login(credentials, client), form);
      },
      again: (problem) =>
        problem instanceof FactorRequired
          ? askFactor(problem, form['next'])
          : this.page({ next: form['next'], email: form['email'] }, problem),
    };
  }

  passkey(form: Form, { client }: Visit): PageForm {
    return {
      work: async () => {
        const { challenge_id, passkey = '' } = fieldsOf(form, 'challenge_id', 'passkey');
        const request = validate(passkeyLoginRequest, { challenge_id, response: parsed(passkey) });
        return this.finish(await this.passkeys.login(request, client), form);
      },
      again: (problem) => {
        const passkeyFailed = !(problem instanceof RateLimited);
        return this.page({ next: form['next'], email: form['email'], passkeyFailed }, problem);
      },
    };
  }

  showFactor({ next }: Form, { pendingLogin }: Visit): PageAnswer {
    if (pendingLogin === undefined) return found(pathWith('/sign-in', { next }));
    return this.factorPage(next, pendingLogin);
  }

  factor(form: Form, { client, pendingLogin = '' }: Visit): PageForm {
    const [login_token] = pendingLogin.split('.');
    return {
      work: async () => {
        const request = validate(factorLoginRequest, { login_token, ...proofOf(form) });
        return this.finish(await this.signIn.loginFactor(request, client), form);
      },
      again: (problem) =>
        problem instanceof InvalidToken || pendingLogin === ''
          ? this.startAgain(form)
          : this.factorPage(form['next'], pendingLogin, { form, problem }),
    };
  }

  /** Options for a passkey of the account that waits for its second factor. */
  async factorOptions({ pendingLogin = '' }: Visit): Promise<Data> {
    const [login_token] = pendingLogin.split('.');
    const request = validate(factorOptionsRequest, { login_token });
    return { status: 200, data: await this.factorStep.options(request.login_token) };
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
    model: {
      readonly next?: string | undefined;
      readonly email?: string | undefined;
      readonly notice?: string | undefined;
      readonly passkeyFailed?: boolean;
    },
    problem?: ProblemError,
  ): PageAnswer {
    const next = wantedPath(model.next);
    const load = async () => (await import('./sign-in.view.js')).signInView;
    return show(load, { ...model, next, problem, providers: this.providers.list() }, problem);
  }

  private factorPage(next: string | undefined, pending: string, failed?: FailedProof) {
    const [, ...factors] = pending.split('.');
    const load = async () => (await import('./sign-in.view.js')).factorView;
    return show(load, { next: wantedPath(next), factors, failed }, failed?.problem);
  }
}
