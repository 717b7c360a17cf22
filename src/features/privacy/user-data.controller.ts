import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import { Access } from '../../platform/http/access/access.js';
import { uuid } from '../../platform/common/primitives.js';
import { Returns } from '../../platform/http/routes/returns.decorator.js';
import { UserData } from './user-data.js';
import { userDataExport, type UserDataExport } from './user-data.schemas.js';

@ApiTags('users')
@Controller('users/:id/export')
export class UserDataController {
  constructor(private readonly data: UserData) {}

  @Get()
  @Access('users:export')
  @ApiOperation({ summary: 'All the service holds on a user', operationId: 'exportUser' })
  @Returns(
    { status: 200, description: 'The data', schema: userDataExport },
    'auth.forbidden',
    'users.not-found',
  )
  async export(@Param('id', { schema: uuid }) id: string): Promise<UserDataExport> {
    return this.data.export(id);
  }
}
