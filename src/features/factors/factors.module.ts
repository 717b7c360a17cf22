import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { DataKeyModule } from '../../platform/data-key/data-key.module.js';
import { SecondFactors } from '../../platform/http/access/second-factors.js';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { UsersModule } from '../users/users.module.js';
import { FactorChecks } from './factor-checks.js';
import { Factor } from './factor.entity.js';
import { FactorsController } from './factors.controller.js';
import { FactorsRepository } from './factors.repository.js';
import { FactorsService } from './factors.service.js';
import { OwnerConfirmation } from './owner-confirmation.js';
import { RecoveryCode } from './recovery-codes/recovery-code.entity.js';
import { TotpController } from './totp/totp.controller.js';
import { TotpEnrolments } from './totp/totp-enrolments.js';

/** Second factors in the database, and their checks. */
@Module({
  imports: [UsersModule, DataKeyModule, TypeOrmModule.forFeature([Factor, RecoveryCode])],
  providers: [
    FactorsRepository,
    { provide: SecondFactors, useExisting: FactorsRepository },
    FactorChecks,
    FactorsService,
  ],
  exports: [SecondFactors, FactorsRepository, FactorChecks, FactorsService],
})
export class FactorsModule {}

/** Adding and removing them, over HTTP. */
@Module({
  imports: [CredentialsModule, DataKeyModule, FactorsModule],
  controllers: [TotpController, FactorsController],
  providers: [OwnerConfirmation, TotpEnrolments],
  exports: [OwnerConfirmation],
})
export class FactorsHttpModule {}
