import { Module } from '@nestjs/common';

import { UsersStorageModule } from '../users/users.module.js';
import { LogLevelController } from './log-level.controller.js';

/** Run-time switches for operators, over HTTP. */
@Module({ imports: [UsersStorageModule], controllers: [LogLevelController] })
export class AdminHttpModule {}
