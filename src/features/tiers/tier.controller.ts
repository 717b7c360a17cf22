import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { uuid } from '../../platform/common/primitives.js';
import { PaymentDeclined } from '../../platform/payments/payment.errors.js';
import { Forbidden } from '../../platform/problems/problem.js';
import { Returns } from '../../platform/routes/returns.decorator.js';
import { Route } from '../../platform/routes/route.decorator.js';
import { UserNotFound } from '../users/user.errors.js';
import { userAnswer } from '../users/user-answer.js';
import { userResponse, type UserResponse } from '../users/user.schemas.js';
import { TierChanges } from './tier-changes.js';
import {
  type ChangeTierRequest,
  changeTierRequest,
  type TierChangePending,
  tierChangePending,
} from './tier.schemas.js';

@ApiTags('users')
@Controller('users/:id/tier')
export class TierController {
  constructor(private readonly changes: TierChanges) {}

  @Post()
  @Route({ access: 'users:tier', priority: 'write', idempotent: true, exposure: 'public' })
  @ApiOperation({
    summary: 'Change the tier; paid ones are charged for',
    operationId: 'changeTier',
  })
  @Returns(
    {
      status: 200,
      description: 'The user, in that tier',
      schema: userResponse,
      headers: ['etag'],
    },
    PaymentDeclined,
    Forbidden,
    UserNotFound,
  )
  @ApiResponse({
    status: 202,
    description:
      'Whether the charge was made is not known yet; the tier changes by itself once it is',
    standardSchema: tierChangePending,
  })
  async change(
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: changeTierRequest }) { tier }: ChangeTierRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UserResponse | TierChangePending> {
    const user = await this.changes.request(id, tier);
    if (user === undefined) {
      void reply.status(202);
      return { status: 'pending' };
    }
    void reply.status(200);
    return userAnswer(reply, user);
  }
}
