import { Get, Post } from '@nestjs/common';

import type { SignedInUser } from '../../../platform/common/request/principal.js';
import { Caller, ClientIp } from '../../../platform/http/access/caller.decorator.js';
import { Route } from '../../../platform/routes/route.decorator.js';
import { type Form, FormFields, QueryFields } from '../page/form.js';
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
  @Route({ ...ownPage, priority: 'sign-in', limits: { source: ['logins'], inForm: true } })
  confirm(@Caller() caller: SignedInUser, @FormFields() form: Form): Promise<PageAnswer> {
    return this.forms.confirm(caller, form);
  }

  @Post('password')
  @Route(guarded)
  password(
    @Caller() caller: SignedInUser,
    @FormFields() form: Form,
    @ClientIp() ip: string,
  ): Promise<PageAnswer> {
    return this.forms.password(caller, form, ip);
  }

  @Post('sessions/end')
  @Route(change)
  endSession(@Caller() caller: SignedInUser, @FormFields() form: Form): Promise<PageAnswer> {
    return this.forms.endSession(caller, form);
  }

  @Post('sessions/end-others')
  @Route(change)
  endOtherSessions(@Caller() caller: SignedInUser): Promise<PageAnswer> {
    return this.forms.endOtherSessions(caller);
  }

  @Post('totp')
  @Route(guarded)
  startTotp(
    @Caller() caller: SignedInUser,
    @FormFields() form: Form,
    @ClientIp() ip: string,
  ): Promise<PageAnswer> {
    return this.newFactors.startTotp(caller, form, ip);
  }

  @Post('totp/confirm')
  @Route(guarded)
  confirmTotp(@Caller() caller: SignedInUser, @FormFields() form: Form): Promise<PageAnswer> {
    return this.newFactors.confirmTotp(caller, form);
  }

  @Post('passkeys')
  @Route(guarded)
  addPasskey(@Caller() caller: SignedInUser, @FormFields() form: Form): Promise<PageAnswer> {
    return this.newFactors.addPasskey(caller, form);
  }

  @Post('recovery-codes')
  @Route(guarded)
  renewRecoveryCodes(@Caller() caller: SignedInUser): Promise<PageAnswer> {
    return this.forms.renewRecoveryCodes(caller);
  }

  @Post('factors/rename')
  @Route(guarded)
  renameFactor(@Caller() caller: SignedInUser, @FormFields() form: Form): Promise<PageAnswer> {
    return this.forms.renameFactor(caller, form);
  }

  @Post('factors/remove')
  @Route(guarded)
  removeFactor(@Caller() caller: SignedInUser, @FormFields() form: Form): Promise<PageAnswer> {
    return this.forms.removeFactor(caller, form);
  }
}
