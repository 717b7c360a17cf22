import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { uuid } from '../../platform/common/primitives.js';
import type { SignedInUser } from '../../platform/common/request/principal.js';
import { Caller } from '../../platform/http/access/caller.decorator.js';
import { Forbidden } from '../../platform/problems/problem.js';
import { Returns } from '../../platform/routes/returns.decorator.js';
import { Route } from '../../platform/routes/route.decorator.js';
import { UserList } from './user-list.js';
import { userAnswer } from './user-answer.js';
import { UserNotFound } from './user.errors.js';
import {
  listUsersQuery,
  type ListUsersQuery,
  userPage,
  type UserPage,
  userResponse,
  type UserResponse,
} from './user.schemas.js';
import { UsersRepository } from './users.repository.js';

@ApiTags('users')
@Controller('users')
export class UsersController {
  constructor(
    private readonly users: UsersRepository,
    private readonly userList: UserList,
  ) {}

  @Get()
  @Route({ access: 'users:list', priority: 'bulk', exposure: 'public' })
  @ApiOperation({
    summary: 'List users, newest first, or search by prefix',
    operationId: 'listUsers',
  })
  @Returns({ status: 200, description: 'A page of users', schema: userPage }, Forbidden)
  async list(@Query({ schema: listUsersQuery }) query: ListUsersQuery): Promise<UserPage> {
    return this.userList.page(query);
  }

  @Get('me')
  @Route({ access: 'account:own', priority: 'read', exposure: 'public' })
  @ApiOperation({ summary: 'Read the signed-in user', operationId: 'getMe' })
  @Returns(
    { status: 200, description: 'The user', schema: userResponse, headers: ['etag'] },
    Forbidden,
    UserNotFound,
  )
  async me(
    @Caller() caller: SignedInUser,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UserResponse> {
    return userAnswer(reply, await this.users.byId(caller.userId));
  }

  @Get(':id')
  @Route({ access: 'users:read', priority: 'read', exposure: 'public' })
  @ApiOperation({ summary: 'Read a user', operationId: 'getUser' })
  @Returns(
    { status: 200, description: 'The user', schema: userResponse, headers: ['etag'] },
    Forbidden,
    UserNotFound,
  )
  async get(
    @Param('id', { schema: uuid }) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UserResponse> {
    return userAnswer(reply, await this.users.byId(id));
  }
}
