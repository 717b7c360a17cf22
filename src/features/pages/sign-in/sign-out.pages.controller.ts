import { Post } from '@nestjs/common';

import { AnyCaller } from '../../../platform/http/access/caller.decorator.js';
import type { Principal } from '../../../platform/common/request/principal.js';
import { Route } from '../../../platform/routes/route.decorator.js';
import type { PageAnswer } from '../page/page-answer.js';
import { PageController, publicPage } from '../web/page-controller.decorator.js';
import { SignOutPage } from './sign-out.page.js';

@PageController('sign-out')
export class SignOutPagesController {
  constructor(private readonly page: SignOutPage) {}

  @Post()
  @Route({ ...publicPage, priority: 'write' })
  signOut(@AnyCaller() caller: Principal): Promise<PageAnswer> {
    return this.page.signOut(caller);
  }
}
