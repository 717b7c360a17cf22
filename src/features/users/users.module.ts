import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { UserList } from './user-list.js';
import { UserSessions } from './user-sessions.js';
import { User } from './user.entity.js';
import { UsersController } from './users.controller.js';
import { UsersRepository } from './users.repository.js';
import { WaysIn } from './ways-in.js';

/** Accounts in the database. */
@Module({
  imports: [TypeOrmModule.forFeature([User])],
  providers: [UsersRepository, UserSessions, WaysIn],
  exports: [UsersRepository, UserSessions, WaysIn],
})
export class UsersModule {}

/** Reading them over HTTP. */
@Module({ imports: [UsersModule], controllers: [UsersController], providers: [UserList] })
export class UsersHttpModule {}
