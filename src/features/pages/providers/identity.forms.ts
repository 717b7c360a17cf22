import { Injectable } from '@nestjs/common';

import { uuid } from '../../../platform/common/primitives.js';
import type { SignedInUser } from '../../../platform/common/request/principal.js';
import { validate } from '../../../platform/http/validation/validation.js';
import { PublicUrl } from '../../../platform/mail/messages/public-url.js';
import { InvalidToken } from '../../credentials/credential.errors.js';
import { IdentitiesService } from '../../identities/identities.service.js';
import { linkRequest } from '../../identities/identity.schemas.js';
import { fieldsOf, type Form, type PageForm } from '../page/form.js';
import { show } from '../page/page-answer.js';
import { asFieldFault, done, SecurityForms } from '../security/security.forms.js';
import { LINK_COOKIE, type Visit } from '../web/visit.js';
import { pendingLinkOf } from '../web/pending-link.js';
import { callbackOf, tripCookie } from './trip.js';

/** Linking and unlinking accounts of identity providers. */
@Injectable()
export class IdentityForms {
  constructor(
    private readonly forms: SecurityForms,
    private readonly identities: IdentitiesService,
    private readonly publicUrl: PublicUrl,
  ) {}

  /** A form leads to our own pages only (`form-action`), so that a page of ours leads to the provider. */
  link(caller: SignedInUser, form: Form, ip: string): PageForm {
    return this.forms.answer('link', { caller, form }, async () => {
      const provider = form['provider'] ?? '';
      const redirect_uri = callbackOf(this.publicUrl.base, provider);
      const request = { redirect_uri, ...fieldsOf(form, 'current_password') };
      const start = await this.identities
        .startLinking(provider, request, caller, ip)
        .catch(asFieldFault);
      const load = async () => (await import('./provider.view.js')).leaveView;
      return {
        ...show(load, { url: start.authorization_url }),
        cookies: [tripCookie(start, { linking: true })],
      };
    });
  }

  /** Links the identity that a sign-in by provider left behind, see `IdentityUnlinked`. */
  linkPending(caller: SignedInUser, form: Form, visit: Visit): PageForm {
    const { pendingLink, client } = visit;
    return this.forms.answer('pending-link', { caller, form, pendingLink }, async () => {
      const { token: link_token } = pendingLinkOf(pendingLink);
      if (link_token === undefined) throw new InvalidToken();
      const fields = { link_token, ...fieldsOf(form, 'current_password') };
      const request = validate(linkRequest, fields);
      await this.identities.linkByToken(caller, request, client.ip).catch(asFieldFault);
      return { ...done('identity-added'), cookies: [{ name: LINK_COOKIE, value: undefined }] };
    });
  }

  remove(caller: SignedInUser, form: Form): PageForm {
    return this.forms.answer('identities', { caller, form }, async () => {
      await this.identities.remove(caller.userId, validate(uuid, form['identity_id']));
      return done('identity-removed');
    });
  }
}
