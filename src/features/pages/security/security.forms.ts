import { Injectable } from '@nestjs/common';

import type { SignedInUser } from '../../../platform/common/request/principal.js';
import { uuid } from '../../../platform/common/primitives.js';
import { validate } from '../../../platform/http/validation/validation.js';
import { RequestInvalid } from '../../../platform/problems/problem.js';
import { InvalidCredentials } from '../../credentials/credential.errors.js';
import { renameFactorRequest } from '../../factors/factor.schemas.js';
import { FactorsService } from '../../factors/factors.service.js';
import { updateUserRequest } from '../../profile/profile.schemas.js';
import { UserUpdates } from '../../profile/user-updates.js';
import { SessionsService } from '../../sessions/live-sessions/sessions.service.js';
import { stepUpRequest } from '../../sessions/step-up/step-up.schemas.js';
import { StepUpService } from '../../sessions/step-up/step-up.service.js';
import { fieldsOf, type Form, type PageForm } from '../page/form.js';
import { pathWith } from '../page/own-path.js';
import { type PageAnswer, seeOther, show } from '../page/page-answer.js';
import { proofOf } from '../sign-in/factor-proof.js';
import type { SecurityForm } from './security.model.js';
import { SecurityPage } from './security.page.js';

/** A form, and who sent it. */
interface Sent {
  readonly caller: SignedInUser;
  readonly form?: Form;
  /** See `Visit`. */
  readonly pendingLink?: string | undefined;
}

/** What people change on the page about their security. */
@Injectable()
export class SecurityForms {
  constructor(
    private readonly page: SecurityPage,
    private readonly updates: UserUpdates,
    private readonly sessions: SessionsService,
    private readonly factors: FactorsService,
    private readonly stepUp: StepUpService,
  ) {}

  confirm(caller: SignedInUser, form: Form): PageForm {
    return this.answer('confirm', { caller, form }, async () => {
      await this.stepUp.raise(caller, validate(stepUpRequest, proofOf(form)));
      return done('confirmed');
    });
  }

  password(caller: SignedInUser, form: Form, ip: string): PageForm {
    return this.answer('password', { caller, form }, async () => {
      const fields = { password: '', ...fieldsOf(form, 'password', 'current_password') };
      const request = validate(updateUserRequest, fields);
      await this.updates
        .update(caller.userId, request, { caller, ip, versions: undefined })
        .catch(asFieldFault);
      return done('password-changed');
    });
  }

  endSession(caller: SignedInUser, form: Form): PageForm {
    return this.answer('sessions', { caller, form }, async () => {
      await this.sessions.revoke(caller, validate(uuid, form['session_id']));
      return done('session-ended');
    });
  }

  endOtherSessions(caller: SignedInUser): PageForm {
    return this.answer('sessions', { caller }, async () => {
      await this.sessions.revokeOthers(caller);
      return done('sessions-ended');
    });
  }

  renameFactor(caller: SignedInUser, form: Form): PageForm {
    return this.answer('factor-name', { caller, form }, async () => {
      const id = validate(uuid, form['factor_id']);
      const { name } = validate(renameFactorRequest, { name: form['name'] ?? '' });
      await this.factors.rename(caller.userId, id, name);
      return done('saved');
    });
  }

  removeFactor(caller: SignedInUser, form: Form): PageForm {
    return this.answer('factors', { caller, form }, async () => {
      await this.factors.remove(caller.userId, validate(uuid, form['factor_id']));
      return done('factor-removed');
    });
  }

  /** The answer has the codes, which no address may have. */
  renewRecoveryCodes(caller: SignedInUser): PageForm {
    return this.answer('factors', { caller }, async () =>
      showCodes(await this.factors.renewRecoveryCodes(caller.userId)),
    );
  }

  /** Answers a form; what is wrong is told on the page, beside it. */
  answer(
    name: SecurityForm,
    { caller, form = {}, pendingLink }: Sent,
    work: () => Promise<PageAnswer>,
  ): PageForm {
    return {
      work,
      again: (problem) => this.page.show(caller, { failed: { name, form, problem }, pendingLink }),
    };
  }
}

/** Back to the page, which says what was done. */
export function done(notice: string): PageAnswer {
  return seeOther(pathWith('/account/security', { notice }));
}

/** Recovery codes, shown this once. */
export function showCodes(codes: readonly string[]): PageAnswer {
  const load = async () => (await import('./factor.view.js')).recoveryCodesView;
  return show(load, { codes });
}

/** A wrong current password is told beside its field. */
export function asFieldFault(error: unknown): never {
  if (!(error instanceof InvalidCredentials)) throw error;
  throw new RequestInvalid([{ pointer: '/current_password', detail: 'is wrong' }]);
}
