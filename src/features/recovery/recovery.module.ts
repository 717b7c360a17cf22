import { Module } from '@nestjs/common';

import { CredentialsModule, MailedTokensModule } from '../credentials/credentials.module.js';
import { AccountMailHandler, AccountMailQueue } from './account-mail.js';
import { AccountRecoveryController } from './account-recovery.controller.js';
import { AccountRecovery } from './account-recovery.js';

/** Mails that somebody asked for. */
@Module({
  imports: [MailedTokensModule],
  providers: [AccountMailQueue, AccountMailHandler],
  exports: [AccountMailQueue],
})
export class RecoveryModule {}

/** Asking for them, and what their tokens are used for, over HTTP. */
@Module({
  imports: [CredentialsModule, RecoveryModule],
  controllers: [AccountRecoveryController],
  providers: [AccountRecovery],
})
export class RecoveryHttpModule {}
