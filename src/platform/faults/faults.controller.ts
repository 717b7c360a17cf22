import { Body, Controller, Delete, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import { Forbidden } from '../problems/problem.js';
import { Returns } from '../routes/returns.decorator.js';
import { Route } from '../routes/route.decorator.js';
import { FaultSwitches } from './fault-switches.js';
import {
  faultsRequest,
  type FaultsRequest,
  faultsResponse,
  type FaultsResponse,
  toFault,
  toFaultsResponse,
} from './faults.schemas.js';

/** The faults of this replica. Without `FAULTS_ENABLED` there are no such routes. */
@ApiTags('admin')
@Controller('admin/faults')
export class FaultsController {
  constructor(private readonly switches: FaultSwitches) {}

  @Get()
  @Route({ access: 'admin:faults', priority: 'never-refused', faultable: false })
  @ApiOperation({ summary: 'Faults that are on', operationId: 'listFaults' })
  @Returns({ status: 200, description: 'The faults', schema: faultsResponse }, Forbidden)
  list(): FaultsResponse {
    return toFaultsResponse(this.switches.list());
  }

  @Put()
  @Route({ access: 'admin:faults', priority: 'never-refused', faultable: false })
  @ApiOperation({
    summary: 'Replace the faults of this replica, for drills; each ends by itself',
    operationId: 'setFaults',
  })
  @Returns(
    { status: 200, description: 'The faults that are on now', schema: faultsResponse },
    Forbidden,
  )
  async replace(@Body({ schema: faultsRequest }) body: FaultsRequest): Promise<FaultsResponse> {
    return toFaultsResponse(await this.switches.replace(body.faults.map(toFault)));
  }

  @Delete()
  @Route({ access: 'admin:faults', priority: 'never-refused', faultable: false })
  @ApiOperation({ summary: 'End all faults', operationId: 'endFaults' })
  @Returns({ status: 204, description: 'There are none' }, Forbidden)
  async end(): Promise<void> {
    await this.switches.end();
  }
}
