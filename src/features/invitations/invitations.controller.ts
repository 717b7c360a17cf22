import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import { uuid } from '../../platform/common/primitives.js';
import type { Principal } from '../../platform/common/request/principal.js';
import { AnyCaller } from '../../platform/http/access/caller.decorator.js';
import {
  ACCEPTED,
  acceptedResponse,
  type AcceptedResponse,
} from '../../platform/http/limits/accepted.schemas.js';
import { Forbidden } from '../../platform/problems/problem.js';
import { Returns } from '../../platform/routes/returns.decorator.js';
import { Route } from '../../platform/routes/route.decorator.js';
import { EmailTaken } from '../users/user.errors.js';
import { invitingActions, superuserNeedsStepUp } from './invitation-rights.js';
import { InvitationNotFound, InvitationPending } from './invitation.errors.js';
import { toInvitationPage, toInvitationResponse } from './invitation.mapper.js';
import {
  createInvitationRequest,
  type CreateInvitationRequest,
  invitationPage,
  type InvitationPage,
  invitationResponse,
  type InvitationResponse,
  listInvitationsQuery,
  type ListInvitationsQuery,
} from './invitations.schemas.js';
import { Invitations } from './invitations.service.js';

@ApiTags('invitations')
@Controller('invitations')
export class InvitationsController {
  constructor(private readonly invitations: Invitations) {}

  @Get()
  @Route({ access: 'invitations:read', priority: 'bulk', exposure: 'public' })
  @ApiOperation({ summary: 'List invitations, newest first', operationId: 'listInvitations' })
  @Returns({ status: 200, description: 'A page of invitations', schema: invitationPage }, Forbidden)
  async list(
    @Query({ schema: listInvitationsQuery }) { limit, cursor }: ListInvitationsQuery,
  ): Promise<InvitationPage> {
    return toInvitationPage(await this.invitations.page(cursor?.[0], limit + 1), limit);
  }

  @Post()
  @Route({
    access: invitingActions,
    stepUp: superuserNeedsStepUp,
    priority: 'write',
    exposure: 'public',
  })
  @ApiOperation({ summary: 'Invite somebody by mail', operationId: 'createInvitation' })
  @Returns(
    { status: 201, description: 'The invitation; its mail is queued', schema: invitationResponse },
    Forbidden,
    EmailTaken,
    InvitationPending,
  )
  async create(
    @Body({ schema: createInvitationRequest }) body: CreateInvitationRequest,
    @AnyCaller() caller: Principal,
  ): Promise<InvitationResponse> {
    return toInvitationResponse(await this.invitations.create(body, caller));
  }

  @Post(':invitationId/resend')
  @Route({ access: 'invitations:create', priority: 'write', exposure: 'public' })
  @ApiOperation({ summary: 'Send an invitation again', operationId: 'resendInvitation' })
  @Returns(
    {
      status: 202,
      description: 'Mailed; the link before has no effect any more',
      schema: acceptedResponse,
    },
    Forbidden,
    InvitationNotFound,
    EmailTaken,
  )
  async resend(@Param('invitationId', { schema: uuid }) id: string): Promise<AcceptedResponse> {
    await this.invitations.resend(id);
    return ACCEPTED;
  }

  @Delete(':invitationId')
  @Route({ access: 'invitations:delete', priority: 'write', exposure: 'public' })
  @ApiOperation({ summary: 'Take an invitation back', operationId: 'deleteInvitation' })
  @Returns(
    { status: 204, description: 'Deleted; its link has no effect any more' },
    Forbidden,
    InvitationNotFound,
  )
  async delete(@Param('invitationId', { schema: uuid }) id: string): Promise<void> {
    await this.invitations.delete(id);
  }
}
