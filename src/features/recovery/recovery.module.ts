import { Module } from '@nestjs/common';

import { CredentialsModule, MailedTokensModule } from '../credentials/credentials.module.js';
import { FactorsModule } from '../factors/factors.module.js';
import { IdentitiesModule } from '../identities/identities.module.js';
import { UsersModule } from '../users/users.module.js';
import { AccountMailHandler } from './account-mail.js';
import { AccountRecoveryController } from './account-recovery.controller.js';
import { AccountRecovery } from './account-recovery.js';

/** Sends the mails. */
@Module({
  imports: [UsersModule, MailedTokensModule],
  providers: [AccountMailHandler],
})
export class RecoveryModule {}

/** Requests for them, and the use of their tokens, over HTTP. */
@Module({
  imports: [CredentialsModule, FactorsModule, IdentitiesModule, RecoveryModule],
  controllers: [AccountRecoveryController],
  providers: [AccountRecovery],
  exports: [AccountRecovery],
})
export class RecoveryHttpModule {}
