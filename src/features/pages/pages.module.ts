import { Module } from '@nestjs/common';

import { FactorsHttpModule, FactorsModule } from '../factors/factors.module.js';
import { IdentitiesHttpModule } from '../identities/identities.module.js';
import { InvitationsHttpModule } from '../invitations/invitations.module.js';
import { ProfileModule } from '../profile/profile.module.js';
import { RecoveryHttpModule } from '../recovery/recovery.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { SignUpModule } from '../sign-up/sign-up.module.js';
import { UsersModule } from '../users/users.module.js';
import { AccountPage } from './account/account.page.js';
import { AccountPagesController } from './account/account.pages.controller.js';
import { AssetsController } from './assets/assets.controller.js';
import { Assets } from './assets/assets.js';
import { IdentityForms } from './providers/identity.forms.js';
import { ProviderPagesController } from './providers/provider.pages.controller.js';
import { ProviderPages } from './providers/provider.pages.js';
import { RecoveryPagesController } from './recovery/recovery.pages.controller.js';
import { RecoveryPages } from './recovery/recovery.pages.js';
import { NewFactorForms } from './security/new-factors.forms.js';
import { SecurityForms } from './security/security.forms.js';
import { SecurityPage } from './security/security.page.js';
import { SecurityPagesController } from './security/security.pages.controller.js';
import { SignInPagesController } from './sign-in/sign-in.pages.controller.js';
import { SignInPages } from './sign-in/sign-in.pages.js';
import { SignOutPage } from './sign-in/sign-out.page.js';
import { SignOutPagesController } from './sign-in/sign-out.pages.controller.js';
import { SignedIn } from './sign-in/signed-in.js';
import { SignUpPagesController } from './sign-up/sign-up.pages.controller.js';
import { SignUpPages } from './sign-up/sign-up.pages.js';
import { ConsolePlace } from './web/console-place.js';
import { PageLanguages } from './web/page-languages.js';
import { PageRenderer } from './web/page-renderer.js';

/** Pages for people, rendered on the server. They call the services of the API. */
@Module({
  imports: [
    UsersModule,
    FactorsModule,
    FactorsHttpModule,
    IdentitiesHttpModule,
    InvitationsHttpModule,
    ProfileModule,
    RecoveryHttpModule,
    SessionsModule,
    SignUpModule,
  ],
  controllers: [
    AccountPagesController,
    AssetsController,
    ProviderPagesController,
    RecoveryPagesController,
    SecurityPagesController,
    SignInPagesController,
    SignOutPagesController,
    SignUpPagesController,
  ],
  providers: [
    AccountPage,
    Assets,
    ConsolePlace,
    IdentityForms,
    NewFactorForms,
    PageLanguages,
    PageRenderer,
    ProviderPages,
    RecoveryPages,
    SecurityForms,
    SecurityPage,
    SignedIn,
    SignInPages,
    SignOutPage,
    SignUpPages,
  ],
})
export class PagesModule {}
