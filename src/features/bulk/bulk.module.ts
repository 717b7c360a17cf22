import { Module } from '@nestjs/common';

import { UsersModule } from '../users/users.module.js';
import { UserExport } from './user-export.js';
import { UserImport } from './user-import.js';

/** Users from and to files, for commands. */
@Module({
  imports: [UsersModule],
  providers: [UserImport, UserExport],
  exports: [UserImport, UserExport],
})
export class BulkModule {}
