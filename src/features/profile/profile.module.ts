import { Module } from '@nestjs/common';

import { CredentialsModule } from '../credentials/credentials.module.js';
import { FactorsHttpModule } from '../factors/factors.module.js';
import { ProfileController } from './profile.controller.js';
import { UserDeletion } from './user-deletion.service.js';
import { UserUpdates } from './user-updates.js';

/** Changing and deleting accounts. */
@Module({
  imports: [CredentialsModule, FactorsHttpModule],
  controllers: [ProfileController],
  providers: [UserUpdates, UserDeletion],
  exports: [UserUpdates],
})
export class ProfileModule {}
