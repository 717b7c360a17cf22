import { Get, Post } from '@nestjs/common';

import { FormRoute } from '../../../platform/routes/form-route.decorator.js';
import { Route } from '../../../platform/routes/route.decorator.js';
import { type Form, FormFields, type PageForm, QueryFields } from '../page/form.js';
import type { Data, PageAnswer } from '../page/page-answer.js';
import { PageController, publicPage } from '../web/page-controller.decorator.js';
import { CurrentVisit, type Visit } from '../web/visit.js';
import { SignInPages } from './sign-in.pages.js';

const signInForm = {
  ...publicPage,
  priority: 'sign-in',
  limits: { source: ['logins'] },
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
  @FormRoute({ ...signInForm, hashesPassword: true })
  password(@FormFields() form: Form, @CurrentVisit() visit: Visit): PageForm {
    return this.pages.password(form, visit);
  }

  @Post('passkey')
  @FormRoute(signInForm)
  passkey(@FormFields() form: Form, @CurrentVisit() visit: Visit): PageForm {
    return this.pages.passkey(form, visit);
  }

  @Get('factor')
  @Route(publicPage)
  showFactor(@QueryFields() query: Form, @CurrentVisit() visit: Visit): PageAnswer {
    return this.pages.showFactor(query, visit);
  }

  @Post('factor')
  @FormRoute(signInForm)
  factor(@FormFields() form: Form, @CurrentVisit() visit: Visit): PageForm {
    return this.pages.factor(form, visit);
  }

  @Post('factor/options')
  @Route({ ...signInForm, limits: { source: ['challenges'] } })
  factorOptions(@CurrentVisit() visit: Visit): Promise<Data> {
    return this.pages.factorOptions(visit);
  }
}
