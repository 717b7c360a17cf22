import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';

import { accessConfig } from '../../../platform/http/access/access.config.js';
import { validate } from '../../../platform/http/validation/validation.js';
import type { ProblemError } from '../../../platform/problems/problem.js';
import { InvalidToken } from '../../credentials/credential.errors.js';
import { acceptInvitationRequest } from '../../invitations/acceptance/acceptance.schemas.js';
import { InvitationAcceptance } from '../../invitations/acceptance/acceptance.service.js';
import { EnumerationSafeSignUp } from '../../sign-up/enumeration-safe-sign-up.js';
import { SignUp } from '../../sign-up/sign-up.service.js';
import { fieldsOf, type Form, type PageForm } from '../page/form.js';
import { wantedPath, pathWith } from '../page/own-path.js';
import { found, type PageAnswer, seeOther, show } from '../page/page-answer.js';
import { linkOver } from '../recovery/link-over.js';
import type { Visit } from '../web/visit.js';

/** New accounts, of people who come by themselves or are invited. */
@Injectable()
export class SignUpPages {
  constructor(
    private readonly signUp: SignUp,
    private readonly enumerationSafe: EnumerationSafeSignUp,
    private readonly acceptance: InvitationAcceptance,
    @Inject(accessConfig.KEY) private readonly config: ConfigType<typeof accessConfig>,
  ) {}

  show(form: Form, { caller }: Visit): PageAnswer {
    return caller.kind === 'user' ? found('/account') : this.page(form);
  }

  create(form: Form, { caller, locale }: Visit): PageForm {
    return {
      work: async () => {
        // The services validate.
        const body = { ...fieldsOf(form, 'email', 'name', 'password'), source: 'web' };
        // A password is needed here, while the API can do without.
        const request = { password: '', ...body };
        if (this.enumerationSafe.appliesTo(caller))
          await this.enumerationSafe.request(request, locale);
        else await this.signUp.create(request, locale);
        const next = wantedPath(form['next']);
        return seeOther(pathWith('/sign-in', { next, notice: 'signed-up' }));
      },
      again: (problem) => this.page(form, problem),
    };
  }

  async showInvitation({ token = '' }: Form): Promise<PageAnswer> {
    return (await this.acceptance.isOpen(token)) ? this.invitationPage({ token }) : linkOver();
  }

  acceptInvitation(form: Form, { locale }: Visit): PageForm {
    return {
      work: async () => {
        const fields = fieldsOf(form, 'token', 'name', 'password');
        await this.acceptance.accept(validate(acceptInvitationRequest, fields), locale);
        return seeOther(pathWith('/sign-in', { notice: 'invited' }));
      },
      again: (problem) =>
        problem instanceof InvalidToken ? linkOver() : this.invitationPage(form, problem),
    };
  }

  private invitationPage(form: Form, problem?: ProblemError): PageAnswer {
    const load = async () => (await import('./sign-up.view.js')).invitationView;
    return show(load, { form, problem }, problem);
  }

  private page(form: Form, problem?: ProblemError): PageAnswer {
    const load = async () => (await import('./sign-up.view.js')).signUpView;
    return show(load, { form, problem, open: this.config.registrationOpen }, problem);
  }
}
