import { Post } from '@nestjs/common';

import { Caller } from '../../../platform/http/access/caller.decorator.js';
import type { SignedInUser } from '../../../platform/common/request/principal.js';
import { Route } from '../../../platform/routes/route.decorator.js';
import type { PageAnswer } from '../page/page-answer.js';
import { ownPage, PageController } from '../web/page-controller.decorator.js';
import { SignOutPage } from './sign-out.page.js';

@PageController('sign-out')
export class SignOutPagesController {
  constructor(private readonly page: SignOutPage) {}

  @Post()
  @Route({ ...ownPage, priority: 'write' })
  signOut(@Caller() caller: SignedInUser): Promise<PageAnswer> {
    return this.page.signOut(caller);
  }
}
