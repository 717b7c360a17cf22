import { Injectable } from '@nestjs/common';

import { validate } from '../../../platform/http/validation/validation.js';
import { type ProblemError, RateLimited } from '../../../platform/problems/problem.js';
import { InvalidToken } from '../../credentials/credential.errors.js';
import { AccountRecovery } from '../../recovery/account-recovery.js';
import {
  accountMailRequest,
  notMeRequest,
  resetPasswordRequest,
  verifyEmailRequest,
} from '../../recovery/recovery.schemas.js';
import { fieldsOf, type Form, type PageForm } from '../page/form.js';
import { linkOver } from './link-over.js';
import { pathWith } from '../page/own-path.js';
import { type PageAnswer, seeOther, show } from '../page/page-answer.js';
import type { Visit } from '../web/visit.js';

/** Forgotten passwords, and the links of mails. Opening a link uses nothing up. */
@Injectable()
export class RecoveryPages {
  constructor(private readonly recovery: AccountRecovery) {}

  showForgot(form: Form, problem?: ProblemError): PageAnswer {
    const load = async () => (await import('./forgot.view.js')).forgotView;
    return show(load, { form, problem }, problem);
  }

  /** The answer is the same for every address, and where the limit of its mails is reached. */
  forgot(form: Form, { accountLimitSpent }: Visit): PageForm {
    return {
      work: async () => {
        const { email } = validate(accountMailRequest, fieldsOf(form, 'email'));
        if (!accountLimitSpent) await this.recovery.request('password_reset', email);
        return seeOther(pathWith('/forgot-password', { notice: 'sent' }));
      },
      again: (problem) => this.showForgot(form, problem),
    };
  }

  async showReset({ token }: Form): Promise<PageAnswer> {
    const purpose = await this.purposeOf(token);
    return purpose === 'password_reset' || purpose === 'first_password'
      ? this.passwordPage({ token: token ?? '' })
      : linkOver();
  }

  reset(form: Form, { client: { ip } }: Visit): PageForm {
    return {
      work: async () => {
        const fields = fieldsOf(form, 'token', 'password');
        const { token, password } = validate(resetPasswordRequest, fields);
        await this.recovery.resetPassword(token, password, ip);
        return seeOther(pathWith('/sign-in', { notice: 'password-set' }));
      },
      again: (problem) =>
        problem instanceof InvalidToken ? linkOver() : this.passwordPage(form, problem),
    };
  }

  /** A user without a password sets the first one by the link that verifies the address. */
  async showVerify({ token }: Form): Promise<PageAnswer> {
    const purpose = await this.purposeOf(token);
    if (purpose === 'first_password')
      return this.passwordPage({ token: token ?? '', first: 'true' });
    return purpose === 'verify_email' ? this.verifyPage({ token: token ?? '' }) : linkOver();
  }

  verify(form: Form, { caller }: Visit): PageForm {
    return {
      work: async () => {
        const { token } = validate(verifyEmailRequest, fieldsOf(form, 'token'));
        await this.recovery.verifyEmail(token);
        const page = caller.kind === 'user' ? '/account' : '/sign-in';
        return seeOther(pathWith(page, { notice: 'verified' }));
      },
      again: (problem) =>
        problem instanceof RateLimited ? this.verifyPage(form, problem) : linkOver(),
    };
  }

  async showNotMe({ token, notice }: Form): Promise<PageAnswer> {
    const done = notice === 'secured';
    if (!done && (await this.purposeOf(token)) !== 'not_me') return linkOver();
    return this.notMePage({ token: token ?? '' }, done);
  }

  notMe(form: Form): PageForm {
    return {
      work: async () => {
        const { token } = validate(notMeRequest, fieldsOf(form, 'token'));
        await this.recovery.disown(token);
        return seeOther(pathWith('/not-me', { notice: 'secured' }));
      },
      again: (problem) =>
        problem instanceof RateLimited ? this.notMePage(form, false, problem) : linkOver(),
    };
  }

  private async purposeOf(token: string | undefined) {
    return token === undefined ? undefined : this.recovery.purposeOf(token);
  }

  private verifyPage({ token }: Form, problem?: ProblemError): PageAnswer {
    const load = async () => (await import('./link.view.js')).verifyView;
    return show(load, { token, problem }, problem);
  }

  private notMePage({ token }: Form, done: boolean, problem?: ProblemError): PageAnswer {
    const load = async () => (await import('./link.view.js')).notMeView;
    return show(load, { token, done, problem }, problem);
  }

  private passwordPage(form: Form, problem?: ProblemError): PageAnswer {
    const load = async () => (await import('./link.view.js')).passwordView;
    return show(load, { token: form['token'], first: form['first'], problem }, problem);
  }
}
