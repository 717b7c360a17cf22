import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import { uuid } from '../../platform/common/primitives.js';
import type { SignedInUser } from '../../platform/common/request/principal.js';
import { Caller, ClientIp } from '../../platform/http/access/caller.decorator.js';
import { Forbidden } from '../../platform/problems/problem.js';
import { Returns } from '../../platform/routes/returns.decorator.js';
import { Route } from '../../platform/routes/route.decorator.js';
import {
  InvalidCredentials,
  InvalidToken,
  LastCredential,
} from '../credentials/credential.errors.js';
import { EmailUnverified } from '../factors/factor.errors.js';
import { UserNotFound } from '../users/user.errors.js';
import { IdentitiesService } from './identities.service.js';
import { IdentityNotFound, IdentityTaken } from './identity.errors.js';
import {
  identityList,
  type IdentityList,
  identityResponse,
  type IdentityResponse,
  linkRequest,
  type LinkRequest,
} from './identity.schemas.js';

@ApiTags('identities')
@Controller('users/:id/identities')
export class IdentitiesController {
  constructor(private readonly identities: IdentitiesService) {}

  @Get()
  @Route({ access: 'identities:read', priority: 'read', exposure: 'public' })
  @ApiOperation({ summary: 'List the identities of a user', operationId: 'listIdentities' })
  @Returns(
    { status: 200, description: 'Identities at providers, oldest first', schema: identityList },
    Forbidden,
    UserNotFound,
  )
  async list(@Param('id', { schema: uuid }) id: string): Promise<IdentityList> {
    return this.identities.list(id);
  }

  @Post()
  @Route({ access: 'identities:add', priority: 'write', exposure: 'public', stepUp: () => true })
  @ApiOperation({ summary: 'Link an identity by its link token', operationId: 'linkIdentity' })
  @Returns(
    { status: 201, description: 'It can sign in from now on', schema: identityResponse },
    InvalidToken,
    InvalidCredentials,
    Forbidden,
    EmailUnverified,
    UserNotFound,
    IdentityTaken,
  )
  async link(
    // The caller: the access rule has compared the two.
    @Param('id', { schema: uuid }) _id: string,
    @Body({ schema: linkRequest }) body: LinkRequest,
    @Caller() caller: SignedInUser,
    @ClientIp() ip: string,
  ): Promise<IdentityResponse> {
    return this.identities.linkByToken(caller, body, ip);
  }

  @Delete(':identityId')
  @Route({ access: 'identities:remove', priority: 'write', exposure: 'public', stepUp: () => true })
  @ApiOperation({ summary: 'Unlink an identity', operationId: 'unlinkIdentity' })
  @Returns(
    { status: 204, description: 'It signs in no more' },
    Forbidden,
    UserNotFound,
    IdentityNotFound,
    LastCredential,
  )
  async remove(
    @Param('id', { schema: uuid }) id: string,
    @Param('identityId', { schema: uuid }) identityId: string,
  ): Promise<void> {
    await this.identities.remove(id, identityId);
  }
}
