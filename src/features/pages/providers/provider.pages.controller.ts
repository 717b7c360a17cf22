import { Get, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import type { SignedInUser } from '../../../platform/common/request/principal.js';
import { Caller, ClientIp } from '../../../platform/http/access/caller.decorator.js';
import { FormRoute } from '../../../platform/routes/form-route.decorator.js';
import { Route } from '../../../platform/routes/route.decorator.js';
import { type Form, FormFields, type PageForm, QueryFields } from '../page/form.js';
import type { PageAnswer } from '../page/page-answer.js';
import { ownPage, PageController, publicPage } from '../web/page-controller.decorator.js';
import { CurrentVisit, type Visit } from '../web/visit.js';
import { IdentityForms } from './identity.forms.js';
import { ProviderPages } from './provider.pages.js';

const signIn = { ...publicPage, priority: 'sign-in', limits: { source: ['logins'] } } as const;
const guarded = { ...ownPage, priority: 'write', stepUp: () => true } as const;

@PageController('')
export class ProviderPagesController {
  constructor(
    private readonly pages: ProviderPages,
    private readonly forms: IdentityForms,
  ) {}

  @Get('auth/oidc/:provider')
  @Route(signIn)
  start(@Param('provider') provider: string, @QueryFields() query: Form): Promise<PageAnswer> {
    return this.pages.start(provider, query);
  }

  @Get('auth/oidc/:provider/callback')
  @Route(signIn)
  callback(
    @Param('provider') provider: string,
    @Req() { url }: FastifyRequest,
    @CurrentVisit() visit: Visit,
  ): Promise<PageAnswer> {
    return this.pages.callback(provider, /\?.*$/s.exec(url)?.[0] ?? '', visit);
  }

  @Post('account/security/identities')
  @FormRoute(guarded)
  link(@Caller() caller: SignedInUser, @FormFields() form: Form, @ClientIp() ip: string): PageForm {
    return this.forms.link(caller, form, ip);
  }

  @Post('account/security/identities/pending')
  @FormRoute(guarded)
  linkPending(
    @Caller() caller: SignedInUser,
    @FormFields() form: Form,
    @CurrentVisit() visit: Visit,
  ): PageForm {
    return this.forms.linkPending(caller, form, visit);
  }

  @Post('account/security/identities/remove')
  @FormRoute(guarded)
  remove(@Caller() caller: SignedInUser, @FormFields() form: Form): PageForm {
    return this.forms.remove(caller, form);
  }
}
