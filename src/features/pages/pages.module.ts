import { Module } from '@nestjs/common';

import { ProfileModule } from '../profile/profile.module.js';
import { UsersModule } from '../users/users.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { AccountPage } from './account/account.page.js';
import { AccountPagesController } from './account/account.pages.controller.js';
import { AssetsController } from './assets/assets.controller.js';
import { Assets } from './assets/assets.js';
import { SignInPagesController } from './sign-in/sign-in.pages.controller.js';
import { SignInPages } from './sign-in/sign-in.pages.js';
import { SignOutPage } from './sign-in/sign-out.page.js';
import { SignOutPagesController } from './sign-in/sign-out.pages.controller.js';
import { SignedIn } from './sign-in/signed-in.js';
import { PageLanguages } from './web/page-languages.js';
import { PageRenderer } from './web/page-renderer.js';

/** Pages for people, rendered on the server. */
@Module({
  imports: [UsersModule, ProfileModule, SessionsModule],
  controllers: [
    AccountPagesController,
    AssetsController,
    SignInPagesController,
    SignOutPagesController,
  ],
  providers: [AccountPage, Assets, PageLanguages, PageRenderer, SignedIn, SignInPages, SignOutPage],
})
export class PagesModule {}
