import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { AuditLog } from './audit-log.js';
import { MailHandler } from './mail.handler.js';
import { MailedTokens } from './mailed-tokens.js';
import { User } from './user.entity.js';
import { UserList } from './user-list.js';
import { UsersController } from './users.controller.js';
import { UsersRepository } from './users.repository.js';
import { UsersService } from './users.service.js';

/** What every process that touches users needs: storing them, and mailing them. */
@Module({
  imports: [TypeOrmModule.forFeature([User])],
  providers: [UsersRepository, UsersService, UserList, AuditLog, MailedTokens, MailHandler],
  exports: [UsersService, UserList, AuditLog, MailedTokens],
})
export class UsersModule {}

/** The HTTP side of users. */
@Module({ imports: [UsersModule], controllers: [UsersController] })
export class UsersHttpModule {}
