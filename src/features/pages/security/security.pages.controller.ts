import { Get, Post } from '@nestjs/common';

import type { SignedInUser } from '../../../platform/common/request/principal.js';
import { Caller, ClientIp } from '../../../platform/http/access/caller.decorator.js';
import { FormRoute } from '../../../platform/routes/form-route.decorator.js';
import { Route } from '../../../platform/routes/route.decorator.js';
import { type Form, FormFields, type PageForm, QueryFields } from '../page/form.js';
import type { PageAnswer } from '../page/page-answer.js';
import { ownPage, PageController } from '../web/page-controller.decorator.js';
import { CurrentVisit, type Visit } from '../web/visit.js';
import { NewFactorForms } from './new-factors.forms.js';
import { SecurityForms } from './security.forms.js';
import { SecurityPage } from './security.page.js';

const change = { ...ownPage, priority: 'write' } as const;
/** What a stolen session must not do, as in the API. */
const guarded = { ...change, stepUp: () => true } as const;

@PageController('account/security')
export class SecurityPagesController {
  constructor(
    private readonly page: SecurityPage,
    private readonly forms: SecurityForms,
    private readonly newFactors: NewFactorForms,
  ) {}

  @Get()
  @Route(ownPage)
  show(
    @Caller() caller: SignedInUser,
    @QueryFields() { notice }: Form,
    @CurrentVisit() { pendingLink }: Visit,
  ): Promise<PageAnswer> {
    return this.page.show(caller, { notice, pendingLink });
  }

  @Post('confirm')
  @FormRoute({ ...ownPage, priority: 'sign-in', limits: { source: ['logins'] } })
  confirm(@Caller() caller: SignedInUser, @FormFields() form: Form): PageForm {
    return this.forms.confirm(caller, form);
  }

  @Post('password')
  @FormRoute(guarded)
  password(
    @Caller() caller: SignedInUser,
    @FormFields() form: Form,
    @ClientIp() ip: string,
  ): PageForm {
    return this.forms.password(caller, form, ip);
  }

  @Post('sessions/end')
  @FormRoute(change)
  endSession(@Caller() caller: SignedInUser, @FormFields() form: Form): PageForm {
    return this.forms.endSession(caller, form);
  }

  @Post('sessions/end-others')
  @FormRoute(change)
  endOtherSessions(@Caller() caller: SignedInUser): PageForm {
    return this.forms.endOtherSessions(caller);
  }

  @Post('totp')
  @FormRoute(guarded)
  startTotp(
    @Caller() caller: SignedInUser,
    @FormFields() form: Form,
    @ClientIp() ip: string,
  ): PageForm {
    return this.newFactors.startTotp(caller, form, ip);
  }

  @Post('totp/confirm')
  @FormRoute(guarded)
  confirmTotp(@Caller() caller: SignedInUser, @FormFields() form: Form): PageForm {
    return this.newFactors.confirmTotp(caller, form);
  }

  @Post('passkeys')
  @FormRoute(guarded)
  addPasskey(@Caller() caller: SignedInUser, @FormFields() form: Form): PageForm {
    return this.newFactors.addPasskey(caller, form);
  }

  @Post('recovery-codes')
  @FormRoute(guarded)
  renewRecoveryCodes(@Caller() caller: SignedInUser): PageForm {
    return this.forms.renewRecoveryCodes(caller);
  }

  @Post('factors/rename')
  @FormRoute(guarded)
  renameFactor(@Caller() caller: SignedInUser, @FormFields() form: Form): PageForm {
    return this.forms.renameFactor(caller, form);
  }

  @Post('factors/remove')
  @FormRoute(guarded)
  removeFactor(@Caller() caller: SignedInUser, @FormFields() form: Form): PageForm {
    return this.forms.removeFactor(caller, form);
  }
}
