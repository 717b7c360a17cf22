import { Get, Post } from '@nestjs/common';

import { FormRoute } from '../../../platform/routes/form-route.decorator.js';
import { Route } from '../../../platform/routes/route.decorator.js';
import { type Form, FormFields, type PageForm, QueryFields } from '../page/form.js';
import type { PageAnswer } from '../page/page-answer.js';
import { PageController, publicPage } from '../web/page-controller.decorator.js';
import { CurrentVisit, type Visit } from '../web/visit.js';
import { RecoveryPages } from './recovery.pages.js';

const redeems = {
  ...publicPage,
  priority: 'write',
  limits: { source: ['tokens'] },
} as const;
const mails = {
  ...redeems,
  limits: { ...redeems.limits, account: 'mails' },
} as const;

@PageController('')
export class RecoveryPagesController {
  constructor(private readonly pages: RecoveryPages) {}

  @Get('forgot-password')
  @Route(publicPage)
  showForgot(@QueryFields() query: Form): PageAnswer {
    return this.pages.showForgot(query);
  }

  @Post('forgot-password')
  @FormRoute(mails)
  forgot(@FormFields() form: Form, @CurrentVisit() visit: Visit): PageForm {
    return this.pages.forgot(form, visit);
  }

  @Get('reset-password')
  @Route(publicPage)
  showReset(@QueryFields() query: Form): Promise<PageAnswer> {
    return this.pages.showReset(query);
  }

  @Post('reset-password')
  @FormRoute(redeems)
  reset(@FormFields() form: Form, @CurrentVisit() visit: Visit): PageForm {
    return this.pages.reset(form, visit);
  }

  @Get('verify-email')
  @Route(publicPage)
  showVerify(@QueryFields() query: Form): Promise<PageAnswer> {
    return this.pages.showVerify(query);
  }

  @Post('verify-email')
  @FormRoute(redeems)
  verify(@FormFields() form: Form, @CurrentVisit() visit: Visit): PageForm {
    return this.pages.verify(form, visit);
  }

  @Get('not-me')
  @Route(publicPage)
  showNotMe(@QueryFields() query: Form): Promise<PageAnswer> {
    return this.pages.showNotMe(query);
  }

  @Post('not-me')
  @FormRoute(redeems)
  notMe(@FormFields() form: Form): PageForm {
    return this.pages.notMe(form);
  }
}
