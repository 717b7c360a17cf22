import { Get, Post } from '@nestjs/common';

import type { Principal, SignedInUser } from '../../../platform/common/request/principal.js';
import { AnyCaller, Caller } from '../../../platform/http/access/caller.decorator.js';
import { FormRoute } from '../../../platform/routes/form-route.decorator.js';
import { Route } from '../../../platform/routes/route.decorator.js';
import { fieldsOf, type Form, FormFields, type PageForm, QueryFields } from '../page/form.js';
import { found, type PageAnswer } from '../page/page-answer.js';
import { ownPage, PageController, publicPage } from '../web/page-controller.decorator.js';
import { CurrentVisit, type Visit } from '../web/visit.js';
import { AccountPage } from './account.page.js';

@PageController('')
export class AccountPagesController {
  constructor(private readonly page: AccountPage) {}

  @Get()
  @Route(publicPage)
  start(@AnyCaller() caller: Principal): PageAnswer {
    return found(caller.kind === 'user' ? '/account' : '/sign-in');
  }

  @Get('account')
  @Route(ownPage)
  show(@Caller() caller: SignedInUser, @QueryFields() query: Form): Promise<PageAnswer> {
    return this.page.show(caller, fieldsOf(query, 'notice'));
  }

  @Post('account')
  @FormRoute({ ...ownPage, priority: 'write' })
  save(
    @Caller() caller: SignedInUser,
    @FormFields() form: Form,
    @CurrentVisit() visit: Visit,
  ): PageForm {
    return this.page.save(caller, form, visit);
  }
}
