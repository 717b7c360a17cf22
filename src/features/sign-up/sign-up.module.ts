import { Module } from '@nestjs/common';

import { CredentialsModule } from '../credentials/credentials.module.js';
import { CreatedUsers } from './created-users.js';
import { EnumerationSafeSignUp } from './enumeration-safe-sign-up.js';
import { SignUpController } from './sign-up.controller.js';
import { SignUp } from './sign-up.service.js';

/** New accounts. */
@Module({
  imports: [CredentialsModule],
  controllers: [SignUpController],
  providers: [SignUp, EnumerationSafeSignUp, CreatedUsers],
  exports: [SignUp, EnumerationSafeSignUp, CreatedUsers],
})
export class SignUpModule {}
