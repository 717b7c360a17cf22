import { Get, Post } from '@nestjs/common';

import { Route } from '../../../platform/routes/route.decorator.js';
import { type Form, FormFields, QueryFields } from '../page/form.js';
import type { Data, PageAnswer } from '../page/page-answer.js';
import { PageController, publicPage } from '../web/page-controller.decorator.js';
import { CurrentVisit, type Visit } from '../web/visit.js';
import { SignInPages } from './sign-in.pages.js';

const signInForm = {
  ...publicPage,
  priority: 'sign-in',
  limits: { source: ['logins'], inForm: true },
} as const;

@PageController('sign-in')
export class SignInPagesController {
  constructor(private readonly pages: SignInPages) {}

  @Get()
  @Route(publicPage)
  show(@QueryFields() query: Form, @CurrentVisit() visit: Visit): PageAnswer {
    return this.pages.show(query, visit);
  }

  @Post()
  @Route({ ...signInForm, hashesPassword: true })
  password(@FormFields() form: Form, @CurrentVisit() visit: Visit): Promise<PageAnswer> {
    return this.pages.password(form, visit);
  }

  @Post('passkey')
  @Route(signInForm)
  passkey(@FormFields() form: Form, @CurrentVisit() visit: Visit): Promise<PageAnswer> {
    return this.pages.passkey(form, visit);
  }

  @Get('factor')
  @Route(publicPage)
  showFactor(@QueryFields() query: Form, @CurrentVisit() visit: Visit): PageAnswer {
    return this.pages.showFactor(query, visit);
  }

  @Post('factor')
  @Route(signInForm)
  factor(@FormFields() form: Form, @CurrentVisit() visit: Visit): Promise<PageAnswer> {
    return this.pages.factor(form, visit);
  }

  @Post('factor/options')
  @Route({ ...signInForm, limits: { source: ['challenges'] } })
  factorOptions(@CurrentVisit() visit: Visit): Promise<Data> {
    return this.pages.factorOptions(visit);
  }
}
