import { Get, Post } from '@nestjs/common';

import { FormRoute } from '../../../platform/routes/form-route.decorator.js';
import { Route } from '../../../platform/routes/route.decorator.js';
import { type Form, FormFields, type PageForm, QueryFields } from '../page/form.js';
import type { PageAnswer } from '../page/page-answer.js';
import { PageController, publicPage } from '../web/page-controller.decorator.js';
import { CurrentVisit, type Visit } from '../web/visit.js';
import { SignUpPages } from './sign-up.pages.js';

@PageController('')
export class SignUpPagesController {
  constructor(private readonly pages: SignUpPages) {}

  @Get('sign-up')
  @Route(publicPage)
  show(@QueryFields() query: Form, @CurrentVisit() visit: Visit): PageAnswer {
    return this.pages.show(query, visit);
  }

  @Post('sign-up')
  @FormRoute({
    ...publicPage,
    access: 'users:create',
    priority: 'write',
    limits: { source: ['signups'] },
  })
  create(@FormFields() form: Form, @CurrentVisit() visit: Visit): PageForm {
    return this.pages.create(form, visit);
  }

  @Get('invitation')
  @Route(publicPage)
  showInvitation(@QueryFields() query: Form): Promise<PageAnswer> {
    return this.pages.showInvitation(query);
  }

  @Post('invitation')
  @FormRoute({ ...publicPage, priority: 'write', limits: { source: ['tokens'] } })
  acceptInvitation(@FormFields() form: Form, @CurrentVisit() visit: Visit): PageForm {
    return this.pages.acceptInvitation(form, visit);
  }
}
