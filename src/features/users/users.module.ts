import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { EventsModule } from '../../platform/events/events.module.js';
import { UserEvents } from './events/user-events.js';
import { UserList } from './user-list.js';
import { UserSessions } from './user-sessions.js';
import { User } from './user.entity.js';
import { UsersController } from './users.controller.js';
import { UsersRepository } from './users.repository.js';
import { WaysIn } from './ways-in.js';

/** Accounts in the database. */
@Module({
  imports: [EventsModule, TypeOrmModule.forFeature([User])],
  providers: [UserEvents, UsersRepository, UserSessions, WaysIn],
  exports: [UserEvents, UsersRepository, UserSessions, WaysIn],
})
export class UsersModule {}

/** Reading them over HTTP. */
@Module({ imports: [UsersModule], controllers: [UsersController], providers: [UserList] })
export class UsersHttpModule {}
