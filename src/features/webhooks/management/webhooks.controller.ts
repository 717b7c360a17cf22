import {
  Body,
  Controller,
  Delete,
  Get,
  Param,
  Patch,
  Post,
  Query,
  type Type,
} from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import { uuid } from '../../../platform/common/primitives.js';
import type { Principal } from '../../../platform/common/request/principal.js';
import type { RoutePolicy } from '../../../platform/declarations/route-policy.js';
import { AnyCaller } from '../../../platform/http/access/caller.decorator.js';
import { Forbidden } from '../../../platform/problems/problem.js';
import { Returns } from '../../../platform/routes/returns.decorator.js';
import { Route } from '../../../platform/routes/route.decorator.js';
import { WebhookNotFound } from './webhook.errors.js';
import { toWebhookPage, toWebhookResponse, toWebhookWithSecret } from './webhook.mapper.js';
import {
  type CreateWebhookRequest,
  listWebhooksQuery,
  type ListWebhooksQuery,
  rotateSecretRequest,
  type RotateSecretRequest,
  type UpdateWebhookRequest,
  type WebhookPage,
  webhookPage,
  webhookRequests,
  type WebhookResponse,
  webhookResponse,
  type WebhookWithSecret,
  webhookWithSecret,
} from './webhooks.schemas.js';
import { Webhooks } from './webhooks.service.js';

/** A superuser with a second factor proves it again before a change. */
export const CHANGE: RoutePolicy = {
  access: 'admin:webhooks',
  priority: 'write',
  stepUp: () => true,
};

/** The controller of webhooks. The API description lists the types of events. */
export function webhooksController(types: readonly string[]): Type<unknown> {
  const requests = webhookRequests(types);

  @ApiTags('admin')
  @Controller('admin/webhooks')
  class WebhooksController {
    constructor(private readonly webhooks: Webhooks) {}

    @Get()
    @Route({ access: 'admin:webhooks', priority: 'bulk' })
    @ApiOperation({ summary: 'List webhooks, newest first', operationId: 'listWebhooks' })
    @Returns({ status: 200, description: 'A page of webhooks', schema: webhookPage }, Forbidden)
    async list(
      @Query({ schema: listWebhooksQuery }) { limit, cursor }: ListWebhooksQuery,
    ): Promise<WebhookPage> {
      return toWebhookPage(await this.webhooks.page(cursor?.[0], limit + 1), limit);
    }

    @Post()
    @Route(CHANGE)
    @ApiOperation({ summary: 'Create a webhook', operationId: 'createWebhook' })
    @Returns(
      { status: 201, description: 'The webhook, with its secret', schema: webhookWithSecret },
      Forbidden,
    )
    async create(
      @Body({ schema: requests.create }) body: CreateWebhookRequest,
      @AnyCaller() caller: Principal,
    ): Promise<WebhookWithSecret> {
      return toWebhookWithSecret(await this.webhooks.create(body, caller));
    }

    @Get(':webhookId')
    @Route({ access: 'admin:webhooks', priority: 'read' })
    @ApiOperation({ summary: 'Read a webhook', operationId: 'getWebhook' })
    @Returns(
      { status: 200, description: 'The webhook', schema: webhookResponse },
      Forbidden,
      WebhookNotFound,
    )
    async find(@Param('webhookId', { schema: uuid }) id: string): Promise<WebhookResponse> {
      return toWebhookResponse(await this.webhooks.find(id));
    }

    @Patch(':webhookId')
    @Route(CHANGE)
    @ApiOperation({ summary: 'Change, pause or resume a webhook', operationId: 'updateWebhook' })
    @Returns(
      { status: 200, description: 'The changed webhook', schema: webhookResponse },
      Forbidden,
      WebhookNotFound,
    )
    async update(
      @Param('webhookId', { schema: uuid }) id: string,
      @Body({ schema: requests.update }) body: UpdateWebhookRequest,
      @AnyCaller() caller: Principal,
    ): Promise<WebhookResponse> {
      return toWebhookResponse(await this.webhooks.update(id, body, caller));
    }

    @Delete(':webhookId')
    @Route(CHANGE)
    @ApiOperation({ summary: 'Delete a webhook', operationId: 'deleteWebhook' })
    @Returns({ status: 204, description: 'Deleted' }, Forbidden, WebhookNotFound)
    async delete(@Param('webhookId', { schema: uuid }) id: string): Promise<void> {
      await this.webhooks.delete(id);
    }

    @Post(':webhookId/rotate-secret')
    @Route(CHANGE)
    @ApiOperation({
      summary: 'Replace the secret of a webhook',
      operationId: 'rotateWebhookSecret',
    })
    @Returns(
      { status: 200, description: 'The webhook, with its new secret', schema: webhookWithSecret },
      Forbidden,
      WebhookNotFound,
    )
    async rotateSecret(
      @Param('webhookId', { schema: uuid }) id: string,
      @Body({ schema: rotateSecretRequest }) { grace_seconds: grace }: RotateSecretRequest,
    ): Promise<WebhookWithSecret> {
      return toWebhookWithSecret(await this.webhooks.rotateSecret(id, grace));
    }
  }
  return WebhooksController;
}
