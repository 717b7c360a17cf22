import { Injectable } from '@nestjs/common';

import type { SignedInUser } from '../../../platform/common/request/principal.js';
import { validate } from '../../../platform/http/validation/validation.js';
import type { ProblemError } from '../../../platform/problems/problem.js';
import { updateUserRequest } from '../../profile/profile.schemas.js';
import { UserUpdates } from '../../profile/user-updates.js';
import { toUserResponse } from '../../users/user.mapper.js';
import { UsersRepository } from '../../users/users.repository.js';
import { fieldsOf, type Form, type PageForm } from '../page/form.js';
import { pathWith } from '../page/own-path.js';
import { type PageAnswer, seeOther, show } from '../page/page-answer.js';
import type { Visit } from '../web/visit.js';

/** The own profile. */
@Injectable()
export class AccountPage {
  constructor(
    private readonly users: UsersRepository,
    private readonly updates: UserUpdates,
  ) {}

  async show({ userId }: SignedInUser, form: Form, problem?: ProblemError): Promise<PageAnswer> {
    const user = toUserResponse(await this.users.byId(userId));
    const load = async () => (await import('./account.view.js')).accountView;
    return show(load, { user, form, problem }, problem);
  }

  save(caller: SignedInUser, form: Form, { client: { ip } }: Visit): PageForm {
    return {
      work: async () => {
        // An empty name is told as such, and not taken for one that stays.
        const request = validate(updateUserRequest, {
          name: form['name'] ?? '',
          ...fieldsOf(form, 'locale'),
        });
        await this.updates.update(caller.userId, request, { caller, ip, versions: undefined });
        return seeOther(pathWith('/account', { notice: 'saved' }));
      },
      again: (problem) => this.show(caller, form, problem),
    };
  }
}
