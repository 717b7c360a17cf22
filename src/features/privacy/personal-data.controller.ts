import { Controller, Get, Param, type Type } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import { uuid } from '../../platform/common/primitives.js';
import type { PersonalData } from '../../platform/declarations/personal-data.js';
import { Forbidden } from '../../platform/problems/problem.js';
import { Returns } from '../../platform/routes/returns.decorator.js';
import { Route } from '../../platform/routes/route.decorator.js';
import { UserNotFound } from '../users/user.errors.js';
import { PersonalDataExport } from './personal-data-export.js';
import { type ExportedData, personalDataDocument } from './personal-data.schemas.js';

/** The controller of the export, whose description has a part for each declaration. */
export function personalDataController(data: readonly PersonalData[]): Type<unknown> {
  @ApiTags('users')
  @Controller('users/:id/export')
  class PersonalDataController {
    constructor(private readonly personalData: PersonalDataExport) {}

    @Get()
    @Route({ access: 'users:export', priority: 'bulk', exposure: 'public' })
    @ApiOperation({ summary: 'All the service holds on a user', operationId: 'exportUser' })
    @Returns(
      { status: 200, description: 'The data', schema: personalDataDocument(data) },
      Forbidden,
      UserNotFound,
    )
    async export(@Param('id', { schema: uuid }) id: string): Promise<ExportedData> {
      return this.personalData.export(id);
    }
  }
  return PersonalDataController;
}
