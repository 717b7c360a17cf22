import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';

import type { Answer } from '../../platform/common/answer.js';
import { currentRequest } from '../../platform/common/request-context.js';
import { accessConfig } from '../../platform/config/access.config.js';
import type { Alongside } from '../../platform/database/statements/alongside.js';
import { currentAttempt } from '../../platform/idempotency/attempt.js';
import { IdempotencyKeys } from '../../platform/idempotency/idempotency-keys.js';
import type { User } from '../users/user.entity.js';
import { entityTag, toUserResponse } from '../users/user.mapper.js';
import { EnumerationSafeSignUp } from './enumeration-safe-sign-up.js';
import type { SignUpAccepted } from './sign-up.schemas.js';
import { UserCreation } from './user-creation.service.js';

/** The one answer to strangers when sign-up is not to disclose which addresses are taken. */
const accepted: Answer = {
  status: 202,
  headers: {},
  body: {
    status: 'accepted',
    detail: 'If the address can be used, a mail with the next step is on its way.',
  } satisfies SignUpAccepted,
};

/** `POST /users`: the answer is stored for its `Idempotency-Key` together with the user. */
@Injectable()
export class SignUp {
  constructor(
    private readonly users: UserCreation,
    private readonly quiet: EnumerationSafeSignUp,
    private readonly keys: IdempotencyKeys,
    @Inject(accessConfig.KEY) private readonly config: ConfigType<typeof accessConfig>,
  ) {}

  /** @throws RequestInvalid; EmailTaken, unless the caller is not to know; Overloaded, DependencyUnavailable */
  async answer(request: unknown): Promise<Answer> {
    const stranger = currentRequest()?.principal.kind === 'anonymous';
    if (stranger && !this.config.signupDisclosure) {
      await this.quiet.request(
        request,
        this.keeping(() => accepted),
      );
      return accepted;
    }
    return created(await this.users.create(request, this.keeping(created)));
  }

  /** Stores the answer together with what it is about; nothing to do for a request without a key. */
  private keeping<Subject extends unknown[]>(
    answerOf: (...subject: Subject) => Answer,
  ): Alongside<Subject> | undefined {
    if (currentAttempt() === undefined) return undefined;
    return (manager, ...subject) => this.keys.completeWith(manager, answerOf(...subject));
  }
}

function created(user: User): Answer {
  return {
    status: 201,
    headers: { etag: entityTag(user), location: `/users/${user.id}` },
    body: toUserResponse(user),
  };
}
