import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { CredentialsModule } from '../credentials/credentials.module.js';
import { FactorsHttpModule } from '../factors/factors.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { SignUpModule } from '../sign-up/sign-up.module.js';
import { OidcController } from './exchange/oidc.controller.js';
import { OidcState } from './exchange/oidc-state.entity.js';
import { OidcStates } from './exchange/oidc-states.js';
import { ProviderExchange } from './exchange/provider-exchange.js';
import { ProviderSignIn } from './exchange/provider-sign-in.js';
import { IdentitiesController } from './identities.controller.js';
import { IdentitiesRepository } from './identities.repository.js';
import { IdentitiesService } from './identities.service.js';
import { Identity } from './identity.entity.js';
import { IdentityLinks } from './linking/identity-links.js';
import { LinkToken } from './linking/link-token.entity.js';
import { LinkTokens } from './linking/link-tokens.js';
import { ProviderAccounts } from './linking/provider-accounts.js';
import { OidcProviders } from './providers/oidc-providers.js';

/** Identities in the database. */
@Module({
  imports: [TypeOrmModule.forFeature([Identity, OidcState, LinkToken])],
  providers: [IdentitiesRepository],
  exports: [IdentitiesRepository],
})
export class IdentitiesModule {}

/** Sign-in through providers, and the identities of users, over HTTP. */
@Module({
  imports: [IdentitiesModule, CredentialsModule, FactorsHttpModule, SignUpModule, SessionsModule],
  controllers: [OidcController, IdentitiesController],
  providers: [
    OidcProviders,
    OidcStates,
    ProviderExchange,
    ProviderSignIn,
    ProviderAccounts,
    IdentityLinks,
    LinkTokens,
    IdentitiesService,
  ],
  exports: [OidcProviders, ProviderExchange, ProviderSignIn, IdentitiesService],
})
export class IdentitiesHttpModule {}
