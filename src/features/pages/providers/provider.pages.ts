import { Injectable } from '@nestjs/common';

import type { SignedInUser } from '../../../platform/common/request/principal.js';
import { PublicUrl } from '../../../platform/mail/messages/public-url.js';
import { ProblemError, StepUpRequired } from '../../../platform/problems/problem.js';
import { workOrAgain } from '../../../platform/routes/form-route.decorator.js';
import { ProviderExchange } from '../../identities/exchange/provider-exchange.js';
import { ProviderSignIn } from '../../identities/exchange/provider-sign-in.js';
import { IdentitiesService } from '../../identities/identities.service.js';
import { IdentityUnlinked } from '../../identities/identity.errors.js';
import { OidcProviders } from '../../identities/providers/oidc-providers.js';
import { FactorRequired } from '../../sessions/sign-in/sign-in.errors.js';
import type { Form } from '../page/form.js';
import { ownPath, pathWith, wantedPath } from '../page/own-path.js';
import { found, type PageAnswer, seeOther, show } from '../page/page-answer.js';
import { askFactor } from '../sign-in/factor-page.js';
import { SignedIn } from '../sign-in/signed-in.js';
import { PROVIDER_COOKIE, type Visit } from '../web/visit.js';
import { pendingLinkCookie } from '../web/pending-link.js';
import { callbackOf, tripCookie, tripOf } from './trip.js';

/** Sign-in through identity providers. Its two addresses change something by `GET`: a cookie binds them. */
@Injectable()
export class ProviderPages {
  constructor(
    private readonly providers: OidcProviders,
    private readonly exchange: ProviderExchange,
    private readonly signIn: ProviderSignIn,
    private readonly identities: IdentitiesService,
    private readonly signedIn: SignedIn,
    private readonly publicUrl: PublicUrl,
  ) {}

  /** Sends the person to the provider; the state waits in a cookie of the browser that began. */
  async start(provider: string, { next }: Form): Promise<PageAnswer> {
    const start = await this.exchange.start(provider, callbackOf(this.publicUrl.base, provider));
    const cookies = [tripCookie(start, { next: wantedPath(next) })];
    return { ...found(start.authorization_url), cookies };
  }

  /** The person comes back. @param query as the provider wrote it, with the question mark. */
  async callback(provider: string, query: string, visit: Visit): Promise<PageAnswer> {
    const { token = '', next, linking } = tripOf(visit.providerTrip);
    const callback = callbackOf(this.publicUrl.base, provider);
    const request = { state_token: token, callback_url: `${callback}${query}` };
    const ended = [{ name: PROVIDER_COOKIE, value: undefined }];
    const answer = await workOrAgain<PageAnswer>({
      work: () =>
        linking && visit.caller.kind === 'user'
          ? this.link(provider, request, visit.caller)
          : this.open(provider, request, next, visit),
      again: (problem) => this.failed(problem, provider, next),
    });
    return { ...answer, cookies: [...ended, ...(answer.cookies ?? [])] };
  }

  private async open(
    provider: string,
    request: { state_token: string; callback_url: string },
    next: string | undefined,
    { client, locale }: Visit,
  ): Promise<PageAnswer> {
    const tokens = await this.signIn.finish(provider, request, { ...client, locale });
    return seeOther(ownPath(next), this.signedIn.cookies(tokens));
  }

  private async link(
    provider: string,
    request: { state_token: string; callback_url: string },
    caller: SignedInUser,
  ): Promise<PageAnswer> {
    await this.identities.linkByExchange(provider, request, caller);
    return seeOther(pathWith('/account/security', { notice: 'identity-added' }));
  }

  private failed(problem: ProblemError, provider: string, next: string | undefined): PageAnswer {
    if (problem instanceof FactorRequired) return askFactor(problem, next);
    // Leads to where a factor is proved, as on each page.
    if (problem instanceof StepUpRequired) throw problem;
    const { label } = this.providers.list().find(({ id }) => id === provider) ?? {};
    // An address of nothing. Its words are those of whoever made the link.
    if (label === undefined) throw problem;
    const load = async () => (await import('./provider.view.js')).providerProblemView;
    if (!(problem instanceof IdentityUnlinked))
      return show(load, { problem, label, next }, problem);
    // After the sign-in to the account, the two are linked.
    return seeOther(pathWith('/sign-in', { next: '/account/security', notice: 'link' }), [
      pendingLinkCookie(problem, provider),
    ]);
  }
}
