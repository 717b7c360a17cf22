import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { ApiKeysModule } from '../api-keys/api-keys.module.js';
import { CredentialsModule, MailedTokensModule } from '../credentials/credentials.module.js';
import { SignUpModule } from '../sign-up/sign-up.module.js';
import { AcceptanceController } from './acceptance/acceptance.controller.js';
import { InvitationAcceptance } from './acceptance/acceptance.service.js';
import { InvitationMailHandler, InvitationMailQueue } from './invitation-mail.js';
import { InvitationRights } from './invitation-rights.js';
import { Invitation } from './invitation.entity.js';
import { InvitationsController } from './invitations.controller.js';
import { InvitationsRepository } from './invitations.repository.js';
import { Invitations } from './invitations.service.js';

/** Invitations in the database, and their mails. */
@Module({
  imports: [MailedTokensModule, TypeOrmModule.forFeature([Invitation])],
  providers: [InvitationsRepository, InvitationMailQueue, InvitationMailHandler],
  exports: [InvitationsRepository, InvitationMailQueue],
})
export class InvitationsModule {}

/** Inviting and accepting over HTTP. */
@Module({
  imports: [InvitationsModule, CredentialsModule, SignUpModule, ApiKeysModule],
  controllers: [InvitationsController, AcceptanceController],
  providers: [Invitations, InvitationRights, InvitationAcceptance],
  exports: [InvitationAcceptance],
})
export class InvitationsHttpModule {}
