import { Body, Controller, Delete, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import { uuid } from '../../platform/common/primitives.js';
import { Forbidden } from '../../platform/problems/problem.js';
import { Returns } from '../../platform/routes/returns.decorator.js';
import { Route } from '../../platform/routes/route.decorator.js';
import { LastCredential } from '../credentials/credential.errors.js';
import { UserNotFound } from '../users/user.errors.js';
import { FactorNotFound } from './factor.errors.js';
import {
  factorList,
  type FactorList,
  factorResponse,
  type FactorResponse,
  recoveryCodesResponse,
  type RecoveryCodesResponse,
  renameFactorRequest,
  type RenameFactorRequest,
} from './factor.schemas.js';
import { FactorsService } from './factors.service.js';

@ApiTags('factors')
@Controller('users/:id/factors')
export class FactorsController {
  constructor(private readonly factors: FactorsService) {}

  @Get()
  @Route({ access: 'factors:read', priority: 'read', exposure: 'public' })
  @ApiOperation({ summary: 'List the second factors of a user', operationId: 'listFactors' })
  @Returns(
    { status: 200, description: 'Factors and recovery codes, oldest first', schema: factorList },
    Forbidden,
    UserNotFound,
  )
  async list(@Param('id', { schema: uuid }) id: string): Promise<FactorList> {
    return this.factors.list(id);
  }

  @Post('recovery-codes')
  @Route({ access: 'factors:add', priority: 'write', exposure: 'public', stepUp: () => true })
  @ApiOperation({ summary: 'Replace the recovery codes', operationId: 'renewRecoveryCodes' })
  @Returns(
    { status: 200, description: 'New codes; the old ones are void', schema: recoveryCodesResponse },
    Forbidden,
    UserNotFound,
    FactorNotFound,
  )
  async renewRecoveryCodes(
    @Param('id', { schema: uuid }) id: string,
  ): Promise<RecoveryCodesResponse> {
    return { recovery_codes: await this.factors.renewRecoveryCodes(id) };
  }

  @Patch(':factorId')
  @Route({ access: 'factors:add', priority: 'write', exposure: 'public', stepUp: () => true })
  @ApiOperation({ summary: 'Rename a factor', operationId: 'renameFactor' })
  @Returns(
    { status: 200, description: 'The renamed factor', schema: factorResponse },
    Forbidden,
    UserNotFound,
    FactorNotFound,
  )
  async rename(
    @Param('id', { schema: uuid }) id: string,
    @Param('factorId', { schema: uuid }) factorId: string,
    @Body({ schema: renameFactorRequest }) { name }: RenameFactorRequest,
  ): Promise<FactorResponse> {
    return this.factors.rename(id, factorId, name);
  }

  @Delete(':factorId')
  @Route({ access: 'factors:remove', priority: 'write', exposure: 'public', stepUp: () => true })
  @ApiOperation({ summary: 'Remove a factor', operationId: 'removeFactor' })
  @Returns(
    { status: 204, description: 'Removed; recovery codes go with the last factor' },
    Forbidden,
    UserNotFound,
    FactorNotFound,
    LastCredential,
  )
  async remove(
    @Param('id', { schema: uuid }) id: string,
    @Param('factorId', { schema: uuid }) factorId: string,
  ): Promise<void> {
    await this.factors.remove(id, factorId);
  }
}
