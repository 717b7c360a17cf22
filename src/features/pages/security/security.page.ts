import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';

import type { SignedInUser } from '../../../platform/common/request/principal.js';
import { accessConfig } from '../../../platform/http/access/access.config.js';
import { isStrongLately } from '../../../platform/http/access/step-up.js';
import { hasRoom } from '../../factors/factor-additions.js';
import { FactorsService } from '../../factors/factors.service.js';
import { IdentitiesService } from '../../identities/identities.service.js';
import { OidcProviders } from '../../identities/providers/oidc-providers.js';
import { SessionsService } from '../../sessions/live-sessions/sessions.service.js';
import { UsersRepository } from '../../users/users.repository.js';
import { pendingLinkOf } from '../web/pending-link.js';
import { type PageAnswer, show } from '../page/page-answer.js';
import type { FailedForm, SecurityModel } from './security.model.js';

/** Why the page is shown. */
interface Occasion {
  readonly notice?: string | undefined;
  readonly failed?: FailedForm;
  /** See `Visit`. */
  readonly pendingLink?: string | undefined;
}

@Injectable()
export class SecurityPage {
  constructor(
    private readonly users: UsersRepository,
    private readonly sessions: SessionsService,
    private readonly factors: FactorsService,
    private readonly identities: IdentitiesService,
    private readonly providers: OidcProviders,
    @Inject(accessConfig.KEY) private readonly config: ConfigType<typeof accessConfig>,
  ) {}

  async show(caller: SignedInUser, { notice, failed, pendingLink }: Occasion): Promise<PageAnswer> {
    const { userId } = caller;
    const [user, sessions, factors, identities] = await Promise.all([
      this.users.byId(userId),
      this.sessions.list(caller),
      this.factors.list(userId),
      this.identities.list(userId),
    ]);
    const model: SecurityModel = {
      userId,
      hasPassword: user.password_hash !== null,
      needsProof: factors.items.length > 0 && !isStrongLately(caller, this.config.stepUpMaxAge),
      sessions: sessions.items,
      factors: factors.items,
      roomForFactors: hasRoom(factors.items),
      identities: identities.items,
      providers: this.providers.list(),
      pendingLink: pendingLinkOf(pendingLink).provider,
      notice,
      failed,
    };
    const load = async () => (await import('./security.view.js')).securityView;
    return show(load, model, failed?.problem);
  }
}
