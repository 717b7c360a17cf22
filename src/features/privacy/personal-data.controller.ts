import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import { Access } from '../../platform/http/access/access.js';
import { uuid } from '../../platform/common/primitives.js';
import { Returns } from '../../platform/http/routes/returns.decorator.js';
import { PersonalDataExport } from './personal-data-export.js';
import { exportedPersonalData, type ExportedPersonalData } from './personal-data.schemas.js';

@ApiTags('users')
@Controller('users/:id/export')
export class PersonalDataController {
  constructor(private readonly data: PersonalDataExport) {}

  @Get()
  @Access('users:export')
  @ApiOperation({ summary: 'All the service holds on a user', operationId: 'exportUser' })
  @Returns(
    { status: 200, description: 'The data', schema: exportedPersonalData },
    'auth.forbidden',
    'users.not-found',
  )
  async export(@Param('id', { schema: uuid }) id: string): Promise<ExportedPersonalData> {
    return this.data.export(id);
  }
}
