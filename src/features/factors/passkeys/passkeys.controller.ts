import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import { uuid } from '../../../platform/common/primitives.js';
import type { SignedInUser } from '../../../platform/common/request/principal.js';
import { Caller, ClientIp } from '../../../platform/http/access/caller.decorator.js';
import { Forbidden } from '../../../platform/problems/problem.js';
import { Returns } from '../../../platform/routes/returns.decorator.js';
import { Route } from '../../../platform/routes/route.decorator.js';
import { InvalidCredentials, InvalidToken } from '../../credentials/credential.errors.js';
import { UserNotFound } from '../../users/user.errors.js';
import { EmailUnverified } from '../factor.errors.js';
import {
  addedPasskey,
  type AddedPasskey,
  addPasskeyRequest,
  type AddPasskeyRequest,
  type PasskeyCreation,
  startPasskeyRequest,
  type StartPasskeyRequest,
} from './passkey-enrolment.schemas.js';
import { PasskeyEnrolments } from './passkey-enrolments.js';
import { creationOptions } from './passkey.schemas.js';

@ApiTags('factors')
@Controller('users/:id/factors/passkeys')
export class PasskeysController {
  constructor(private readonly enrolments: PasskeyEnrolments) {}

  @Post('options')
  @Route({ access: 'factors:add', priority: 'write', exposure: 'public', stepUp: () => true })
  @ApiOperation({ summary: 'Begin to add a passkey', operationId: 'startPasskey' })
  @Returns(
    {
      status: 200,
      description: 'Options of `navigator.credentials.create`, good for five minutes',
      schema: creationOptions,
    },
    InvalidCredentials,
    Forbidden,
    EmailUnverified,
    UserNotFound,
  )
  async start(
    // The caller: the access rule has compared the two.
    @Param('id', { schema: uuid }) _id: string,
    @Body({ schema: startPasskeyRequest }) body: StartPasskeyRequest,
    @Caller() caller: SignedInUser,
    @ClientIp() ip: string,
  ): Promise<PasskeyCreation> {
    return this.enrolments.start(caller, body, ip);
  }

  @Post()
  @Route({ access: 'factors:add', priority: 'write', exposure: 'public', stepUp: () => true })
  @ApiOperation({ summary: 'Add a passkey', operationId: 'addPasskey' })
  @Returns(
    {
      status: 201,
      description: 'It counts from now on; the first factor comes with recovery codes',
      schema: addedPasskey,
    },
    InvalidToken,
    Forbidden,
    EmailUnverified,
    UserNotFound,
  )
  async add(
    @Param('id', { schema: uuid }) _id: string,
    @Body({ schema: addPasskeyRequest }) body: AddPasskeyRequest,
    @Caller() caller: SignedInUser,
  ): Promise<AddedPasskey> {
    return this.enrolments.add(caller, body);
  }
}
