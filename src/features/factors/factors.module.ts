import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { DataKeyModule } from '../../platform/data-key/data-key.module.js';
import { SecondFactors } from '../../platform/http/access/second-factors.js';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { UsersModule } from '../users/users.module.js';
import { FactorAdditions } from './factor-additions.js';
import { FactorChecks } from './factor-checks.js';
import { Factor } from './factor.entity.js';
import { FactorsController } from './factors.controller.js';
import { FactorsRepository } from './factors.repository.js';
import { FactorsService } from './factors.service.js';
import { OwnerConfirmation } from './owner-confirmation.js';
import { Challenge } from './passkeys/challenge.entity.js';
import { Challenges } from './passkeys/challenges.js';
import { ForeignPasskeys } from './passkeys/foreign-passkeys.js';
import { PasskeyChecks } from './passkeys/passkey-checks.js';
import { PasskeyEnrolments } from './passkeys/passkey-enrolments.js';
import { Passkey } from './passkeys/passkey.entity.js';
import { PasskeysController } from './passkeys/passkeys.controller.js';
import { PasskeysRepository } from './passkeys/passkeys.repository.js';
import { RelyingParty } from './passkeys/relying-party.js';
import { RecoveryCode } from './recovery-codes/recovery-code.entity.js';
import { TotpController } from './totp/totp.controller.js';
import { TotpEnrolments } from './totp/totp-enrolments.js';

/** Second factors in the database. */
@Module({
  imports: [UsersModule, TypeOrmModule.forFeature([Factor, RecoveryCode, Passkey, Challenge])],
  providers: [
    FactorsRepository,
    { provide: SecondFactors, useExisting: FactorsRepository },
    FactorsService,
  ],
  exports: [SecondFactors, FactorsRepository, FactorsService],
})
export class FactorsModule {}

/** Checks of second factors. */
@Module({
  imports: [DataKeyModule, FactorsModule],
  providers: [Challenges, RelyingParty, PasskeysRepository, PasskeyChecks, FactorChecks],
  exports: [
    FactorsModule,
    Challenges,
    RelyingParty,
    PasskeysRepository,
    PasskeyChecks,
    FactorChecks,
  ],
})
export class FactorChecksModule {}

/** Adding and removing them, over HTTP. */
@Module({
  imports: [CredentialsModule, DataKeyModule, FactorChecksModule],
  controllers: [TotpController, PasskeysController, FactorsController],
  providers: [
    OwnerConfirmation,
    FactorAdditions,
    TotpEnrolments,
    PasskeyEnrolments,
    ForeignPasskeys,
  ],
  exports: [OwnerConfirmation, TotpEnrolments, PasskeyEnrolments],
})
export class FactorsHttpModule {}
