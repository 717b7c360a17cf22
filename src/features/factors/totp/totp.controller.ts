import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import { uuid } from '../../../platform/common/primitives.js';
import type { SignedInUser } from '../../../platform/common/request/principal.js';
import { Caller, ClientIp } from '../../../platform/http/access/caller.decorator.js';
import { Forbidden } from '../../../platform/problems/problem.js';
import { Returns } from '../../../platform/routes/returns.decorator.js';
import { Route } from '../../../platform/routes/route.decorator.js';
import { InvalidCredentials } from '../../credentials/credential.errors.js';
import { UserNotFound } from '../../users/user.errors.js';
import { EmailUnverified, FactorNotFound } from '../factor.errors.js';
import {
  confirmedFactor,
  type ConfirmedFactor,
  confirmTotpRequest,
  type ConfirmTotpRequest,
  startTotpRequest,
  type StartTotpRequest,
  totpEnrolment,
  type TotpEnrolment,
} from '../factor.schemas.js';
import { TotpEnrolments } from './totp-enrolments.js';

@ApiTags('factors')
@Controller('users/:id/factors/totp')
export class TotpController {
  constructor(private readonly enrolments: TotpEnrolments) {}

  @Post()
  @Route({ access: 'factors:add', priority: 'write', exposure: 'public', stepUp: () => true })
  @ApiOperation({ summary: 'Begin to add an authenticator app', operationId: 'startTotp' })
  @Returns(
    { status: 201, description: 'It counts once it is confirmed', schema: totpEnrolment },
    InvalidCredentials,
    Forbidden,
    EmailUnverified,
    UserNotFound,
  )
  async start(
    // The caller: the access rule has compared the two.
    @Param('id', { schema: uuid }) _id: string,
    @Body({ schema: startTotpRequest }) body: StartTotpRequest,
    @Caller() caller: SignedInUser,
    @ClientIp() ip: string,
  ): Promise<TotpEnrolment> {
    return this.enrolments.start(caller, body, ip);
  }

  @Post(':factorId/confirm')
  // Again: a factor may have been added since the start, and an older session must not add another.
  @Route({ access: 'factors:add', priority: 'write', exposure: 'public', stepUp: () => true })
  @ApiOperation({ summary: 'Confirm an authenticator app', operationId: 'confirmTotp' })
  @Returns(
    {
      status: 200,
      description: 'It counts from now on; the first factor comes with recovery codes',
      schema: confirmedFactor,
    },
    Forbidden,
    EmailUnverified,
    UserNotFound,
    FactorNotFound,
  )
  async confirm(
    @Param('id', { schema: uuid }) id: string,
    @Param('factorId', { schema: uuid }) factorId: string,
    @Body({ schema: confirmTotpRequest }) { code }: ConfirmTotpRequest,
  ): Promise<ConfirmedFactor> {
    return this.enrolments.confirm(id, factorId, code);
  }
}
