import { Body, Controller, Delete, Headers, Param, Patch, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { uuid } from '../../platform/common/primitives.js';
import type { Principal } from '../../platform/common/request/principal.js';
import { AnyCaller, ClientIp } from '../../platform/http/access/caller.decorator.js';
import { Forbidden, PreconditionFailed } from '../../platform/problems/problem.js';
import { ifMatch } from '../../platform/routes/preconditions.js';
import { Returns } from '../../platform/routes/returns.decorator.js';
import { Route } from '../../platform/routes/route.decorator.js';
import { InvalidCredentials } from '../credentials/credential.errors.js';
import { EmailTaken, UserNotFound } from '../users/user.errors.js';
import { userAnswer } from '../users/user-answer.js';
import { userResponse, type UserResponse } from '../users/user.schemas.js';
import { changesNeedStepUp, ownNeedsStepUp, updateActions } from './profile.access.js';
import { updateUserRequest, type UpdateUserRequest } from './profile.schemas.js';
import { UserDeletion } from './user-deletion.service.js';
import { UserUpdates } from './user-updates.js';

const IF_MATCH = {
  name: 'If-Match',
  required: false,
  description: 'Entity tag the change is based on',
};

@ApiTags('users')
@Controller('users/:id')
export class ProfileController {
  constructor(
    private readonly updates: UserUpdates,
    private readonly deletion: UserDeletion,
  ) {}

  @Patch()
  @Route({
    access: updateActions,
    priority: 'write',
    exposure: 'public',
    stepUp: changesNeedStepUp,
  })
  @ApiOperation({ summary: 'Change a user', operationId: 'updateUser' })
  @ApiHeader(IF_MATCH)
  @Returns(
    { status: 200, description: 'The changed user', schema: userResponse, headers: ['etag'] },
    InvalidCredentials,
    Forbidden,
    UserNotFound,
    EmailTaken,
    PreconditionFailed,
  )
  async update(
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: updateUserRequest }) body: UpdateUserRequest,
    @Headers('if-match') tags: string | undefined,
    @AnyCaller() caller: Principal,
    @ClientIp() ip: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UserResponse> {
    const context = { caller, ip, versions: ifMatch(tags) };
    return userAnswer(reply, await this.updates.update(id, body, context));
  }

  @Delete()
  @Route({
    access: 'users:delete',
    priority: 'write',
    exposure: 'public',
    stepUp: ownNeedsStepUp,
  })
  @ApiOperation({ summary: 'Delete a user', operationId: 'deleteUser' })
  @ApiHeader(IF_MATCH)
  @Returns(
    { status: 204, description: 'Deleted; the address is free again' },
    Forbidden,
    UserNotFound,
    PreconditionFailed,
  )
  async delete(
    @Param('id', { schema: uuid }) id: string,
    @Headers('if-match') tags: string | undefined,
  ): Promise<void> {
    await this.deletion.delete(id, ifMatch(tags));
  }
}
