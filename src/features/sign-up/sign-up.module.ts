import { Module } from '@nestjs/common';

import { CredentialsModule } from '../credentials/credentials.module.js';
import { AccountStore } from './account-store.js';
import { EnumerationSafeSignUp } from './enumeration-safe-sign-up.js';
import { SignUpTelemetry } from './sign-up-telemetry.js';
import { SignUpController } from './sign-up.controller.js';
import { SignUp } from './sign-up.js';
import { UserCreation } from './user-creation.service.js';

/** New accounts. */
@Module({
  imports: [CredentialsModule],
  controllers: [SignUpController],
  providers: [AccountStore, SignUpTelemetry, UserCreation, EnumerationSafeSignUp, SignUp],
})
export class SignUpModule {}
