import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  Param,
  Patch,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { Access } from '../../platform/http/access/access.js';
import { Caller } from '../../platform/http/access/caller.decorator.js';
import type { SignedInUser } from '../../platform/common/principal.js';
import { uuid } from '../../platform/common/primitives.js';
import { Returns } from '../../platform/http/routes/returns.decorator.js';
import { validatedByService } from '../../platform/http/routes/validation.js';
import { Idempotent } from '../../platform/idempotency/idempotent.decorator.js';
import { creationActions, updateActions } from './user-access.js';
import { entityTag, toUserResponse } from './user.mapper.js';
import {
  createUserRequest,
  listUsersQuery,
  type ListUsersQuery,
  signUpAccepted,
  type UpdateUserRequest,
  updateUserRequest,
  type UserPage,
  userPage,
  type UserResponse,
  userResponse,
} from './user.schemas.js';
import { UserList } from './user-list.js';
import { UserUpdates } from '../profile/user-updates.js';
import { ifMatch } from '../../platform/http/routes/preconditions.js';
import { SignUp } from '../sign-up/sign-up.js';
import { UsersService } from './users.service.js';

const IF_MATCH = {
  name: 'If-Match',
  required: false,
  description: 'Entity tag the change is based on',
};

@ApiTags('users')
@Controller('users')
export class UsersController {
  constructor(
    private readonly users: UsersService,
    private readonly userList: UserList,
    private readonly signUp: SignUp,
    private readonly updates: UserUpdates,
  ) {}

  @Post()
  @Access(creationActions)
  @Idempotent()
  @ApiOperation({ summary: 'Create a user', operationId: 'createUser' })
  @Returns(
    {
      status: 201,
      description: 'The new user',
      schema: userResponse,
      headers: ['etag', 'location'],
    },
    'auth.forbidden',
    'users.email-taken',
    'idempotency.in-flight',
    'idempotency.mismatch',
    'request.too-large',
    'request.unsupported-media-type',
  )
  @ApiResponse({
    status: 202,
    description: 'Accepted from a stranger, with SIGNUP_DISCLOSURE=false: tells nothing',
    standardSchema: signUpAccepted,
  })
  async create(
    @Body({ schema: validatedByService(createUserRequest) }) body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const answer = await this.signUp.answer(body);
    void reply.status(answer.status).headers(answer.headers);
    return answer.body;
  }

  @Get()
  @Access('users:list')
  @ApiOperation({
    summary: 'List users, newest first, or search by prefix',
    operationId: 'listUsers',
  })
  @Returns({ status: 200, description: 'A page of users', schema: userPage }, 'auth.forbidden')
  async list(@Query({ schema: listUsersQuery }) query: ListUsersQuery): Promise<UserPage> {
    return this.userList.page(query);
  }

  @Get('me')
  @Access('account:own')
  @ApiOperation({ summary: 'Read the signed-in user', operationId: 'getMe' })
  @Returns(
    { status: 200, description: 'The user', schema: userResponse, headers: ['etag'] },
    'auth.forbidden',
    'users.not-found',
  )
  async me(
    @Caller() caller: SignedInUser,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UserResponse> {
    return this.get(caller.userId, reply);
  }

  @Get(':id')
  @Access('users:read')
  @ApiOperation({ summary: 'Read a user', operationId: 'getUser' })
  @Returns(
    { status: 200, description: 'The user', schema: userResponse, headers: ['etag'] },
    'auth.forbidden',
    'users.not-found',
  )
  async get(
    @Param('id', { schema: uuid }) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UserResponse> {
    const user = await this.users.get(id);
    void reply.header('etag', entityTag(user));
    return toUserResponse(user);
  }

  @Patch(':id')
  @Access(updateActions)
  @ApiOperation({ summary: 'Change a user', operationId: 'updateUser' })
  @ApiHeader(IF_MATCH)
  @Returns(
    { status: 200, description: 'The changed user', schema: userResponse, headers: ['etag'] },
    'auth.invalid-credentials',
    'auth.forbidden',
    'users.not-found',
    'users.email-taken',
    'request.precondition-failed',
    'request.too-large',
    'request.unsupported-media-type',
  )
  async update(
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: updateUserRequest }) body: UpdateUserRequest,
    @Headers('if-match') tags: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UserResponse> {
    const user = await this.updates.update(id, body, ifMatch(tags));
    void reply.header('etag', entityTag(user));
    return toUserResponse(user);
  }

  @Delete(':id')
  @Access('users:delete')
  @ApiOperation({ summary: 'Delete a user', operationId: 'deleteUser' })
  @ApiHeader(IF_MATCH)
  @Returns(
    { status: 204, description: 'Deleted; the address is free again' },
    'auth.forbidden',
    'users.not-found',
    'request.precondition-failed',
  )
  async delete(
    @Param('id', { schema: uuid }) id: string,
    @Headers('if-match') tags: string | undefined,
  ): Promise<void> {
    await this.users.delete(id, ifMatch(tags));
  }
}
