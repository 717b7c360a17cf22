import { Injectable } from '@nestjs/common';

import { uuid } from '../../../platform/common/primitives.js';
import type { SignedInUser } from '../../../platform/common/request/principal.js';
import { validate } from '../../../platform/http/validation/validation.js';
import type { ProblemError } from '../../../platform/problems/problem.js';
import { confirmTotpRequest, startTotpRequest } from '../../factors/factor.schemas.js';
import { addPasskeyRequest } from '../../factors/passkeys/passkey-enrolment.schemas.js';
import { PasskeyEnrolments } from '../../factors/passkeys/passkey-enrolments.js';
import { TotpEnrolments } from '../../factors/totp/totp-enrolments.js';
import { fieldsOf, type Form, type PageForm } from '../page/form.js';
import { parsed } from '../sign-in/factor-proof.js';
import { type PageAnswer, show } from '../page/page-answer.js';
import { asFieldFault, done, SecurityForms, showCodes } from './security.forms.js';

/** New second factors. */
@Injectable()
export class NewFactorForms {
  constructor(
    private readonly forms: SecurityForms,
    private readonly totp: TotpEnrolments,
    private readonly passkeys: PasskeyEnrolments,
  ) {}

  /** The answer has the secret, which no address may have. */
  startTotp(caller: SignedInUser, form: Form, ip: string): PageForm {
    return this.forms.answer('totp', { caller, form }, async () => {
      const request = validate(startTotpRequest, fieldsOf(form, 'current_password'));
      const { id, secret, qr } = await this.totp.start(caller, request, ip).catch(asFieldFault);
      return enrolment({ id, secret, qr });
    });
  }

  confirmTotp(caller: SignedInUser, form: Form): PageForm {
    return {
      work: async () => {
        const id = validate(uuid, form['factor_id']);
        const { code } = validate(confirmTotpRequest, fieldsOf(form, 'code'));
        const { recovery_codes } = await this.totp.confirm(caller.userId, id, code);
        return added(recovery_codes);
      },
      // The picture was scanned already; the key is what the browser sent along.
      again: (problem) =>
        enrolment({ id: form['factor_id'] ?? '', secret: form['secret'] }, problem),
    };
  }

  /** @param form with what the browser made, by the options of the API. */
  addPasskey(caller: SignedInUser, form: Form): PageForm {
    return this.forms.answer('passkeys', { caller, form }, async () => {
      const { passkey = '', ...fields } = fieldsOf(form, 'challenge_id', 'passkey', 'name');
      const request = validate(addPasskeyRequest, { ...fields, response: parsed(passkey) });
      const { recovery_codes } = await this.passkeys.add(caller, request);
      return added(recovery_codes);
    });
  }
}

/** Recovery codes come with the first factor. */
function added(codes: readonly string[] | undefined): PageAnswer {
  return codes === undefined ? done('factor-added') : showCodes(codes);
}

interface Enrolment {
  readonly id: string;
  readonly secret: string | undefined;
  readonly qr?: string;
}

function enrolment(model: Enrolment, problem?: ProblemError): PageAnswer {
  const load = async () => (await import('./factor.view.js')).totpView;
  return show(load, { ...model, problem }, problem);
}
