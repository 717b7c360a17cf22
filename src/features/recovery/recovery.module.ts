import { Module } from '@nestjs/common';

import { CredentialsModule, MailedTokensModule } from '../credentials/credentials.module.js';
import { UsersModule } from '../users/users.module.js';
import { AccountMailHandler, AccountMailQueue } from './account-mail.js';
import { AccountRecoveryController } from './account-recovery.controller.js';
import { AccountRecovery } from './account-recovery.js';

/** Requested mails. */
@Module({
  imports: [UsersModule, MailedTokensModule],
  providers: [AccountMailQueue, AccountMailHandler],
  exports: [AccountMailQueue],
})
export class RecoveryModule {}

/** Their requests, and the use of their tokens, over HTTP. */
@Module({
  imports: [CredentialsModule, RecoveryModule],
  controllers: [AccountRecoveryController],
  providers: [AccountRecovery],
})
export class RecoveryHttpModule {}
