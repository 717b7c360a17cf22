import { Body, Controller, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import { ClientIp } from '../../platform/http/access/caller.decorator.js';
import {
  ACCEPTED,
  acceptedResponse,
  type AcceptedResponse,
} from '../../platform/http/limits/accepted.schemas.js';
import { Returns } from '../../platform/routes/returns.decorator.js';
import { Route } from '../../platform/routes/route.decorator.js';
import { InvalidToken } from '../credentials/credential.errors.js';
import { AccountRecovery } from './account-recovery.js';
import {
  accountMailRequest,
  type AccountMailRequest,
  notMeRequest,
  type NotMeRequest,
  resetPasswordRequest,
  type ResetPasswordRequest,
  verifyEmailRequest,
  type VerifyEmailRequest,
} from './recovery.schemas.js';

@ApiTags('auth')
@Controller('auth')
export class AccountRecoveryController {
  constructor(private readonly recovery: AccountRecovery) {}

  @Post('verify-email')
  @Route({
    access: 'public',
    priority: 'write',
    limits: { source: ['tokens'] },
    exposure: 'public',
  })
  @ApiOperation({ summary: 'Verify an address by a mailed token', operationId: 'verifyEmail' })
  @Returns({ status: 204, description: 'The address is verified' }, InvalidToken)
  async verifyEmail(
    @Body({ schema: verifyEmailRequest }) { token }: VerifyEmailRequest,
  ): Promise<void> {
    await this.recovery.verifyEmail(token);
  }

  @Post('verify-email/resend')
  @Route({
    access: 'public',
    priority: 'write',
    limits: { source: ['tokens'], account: 'mails' },
    exposure: 'public',
  })
  @ApiOperation({ summary: 'Ask for another verification mail', operationId: 'resendVerification' })
  @Returns({ status: 202, description: 'Mailed, if due', schema: acceptedResponse })
  async resend(
    @Body({ schema: accountMailRequest }) { email }: AccountMailRequest,
  ): Promise<AcceptedResponse> {
    await this.recovery.request('verify_email', email);
    return ACCEPTED;
  }

  @Post('password/forgot')
  @Route({
    access: 'public',
    priority: 'write',
    limits: { source: ['tokens'], account: 'mails' },
    exposure: 'public',
  })
  @ApiOperation({ summary: 'Ask for a password-reset mail', operationId: 'forgotPassword' })
  @Returns({
    status: 202,
    description: 'Mailed, if there is such a user',
    schema: acceptedResponse,
  })
  async forgot(
    @Body({ schema: accountMailRequest }) { email }: AccountMailRequest,
  ): Promise<AcceptedResponse> {
    await this.recovery.request('password_reset', email);
    return ACCEPTED;
  }

  @Post('password/reset')
  @Route({
    access: 'public',
    priority: 'write',
    limits: { source: ['tokens'] },
    exposure: 'public',
  })
  @ApiOperation({ summary: 'Set a password by a mailed token', operationId: 'resetPassword' })
  @Returns(
    { status: 204, description: 'The password is set; all sessions have ended' },
    InvalidToken,
  )
  async reset(
    @Body({ schema: resetPasswordRequest }) { token, password }: ResetPasswordRequest,
    @ClientIp() ip: string,
  ): Promise<void> {
    await this.recovery.resetPassword(token, password, ip);
  }

  @Post('not-me')
  @Route({
    access: 'public',
    priority: 'write',
    limits: { source: ['tokens'] },
    exposure: 'public',
  })
  @ApiOperation({
    summary: 'Disown a sign-in by the token of the mail about it',
    operationId: 'disownSignIn',
  })
  @Returns(
    { status: 204, description: 'All sessions have ended; a password reset is mailed' },
    InvalidToken,
  )
  async notMe(@Body({ schema: notMeRequest }) { token }: NotMeRequest): Promise<void> {
    await this.recovery.disown(token);
  }
}
