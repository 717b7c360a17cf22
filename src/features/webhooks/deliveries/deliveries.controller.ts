import { Body, Controller, Get, Param, Post, Query, type Type } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import { uuid } from '../../../platform/common/primitives.js';
import type { Principal } from '../../../platform/common/request/principal.js';
import { AnyCaller } from '../../../platform/http/access/caller.decorator.js';
import { Forbidden } from '../../../platform/problems/problem.js';
import { Returns } from '../../../platform/routes/returns.decorator.js';
import { Route } from '../../../platform/routes/route.decorator.js';
import { DeliveryNotFound, WebhookNotFound } from '../management/webhook.errors.js';
import { CHANGE } from '../management/webhooks.controller.js';
import {
  deliveryPage,
  type DeliveryPage,
  deliveryResponse,
  type DeliveryResponse,
  listDeliveriesQuery,
  type ListDeliveriesQuery,
  replayRequest,
  type ReplayRequest,
  webhookBacklog,
  type WebhookBacklog,
} from './deliveries.schemas.js';
import { Deliveries } from './deliveries.service.js';
import { toDeliveryPage, toDeliveryResponse } from './delivery.mapper.js';
import { Replays } from './replays.js';

/** The controller of deliveries. The API description lists the types of events. */
export function deliveriesController(types: readonly string[]): Type<unknown> {
  const replayBody = replayRequest(types);

  @ApiTags('admin')
  @Controller('admin/webhooks')
  class DeliveriesController {
    constructor(
      private readonly deliveries: Deliveries,
      private readonly replays: Replays,
    ) {}

    @Get('backlog')
    @Route({ access: 'admin:webhooks', priority: 'bulk' })
    @ApiOperation({
      summary: 'Webhooks with events that are not delivered, the furthest behind first',
      operationId: 'getWebhookBacklog',
    })
    @Returns({ status: 200, description: 'A hundred at most', schema: webhookBacklog }, Forbidden)
    async backlog(): Promise<WebhookBacklog> {
      return this.deliveries.backlog();
    }

    @Get(':webhookId/deliveries')
    @Route({ access: 'admin:webhooks', priority: 'bulk' })
    @ApiOperation({
      summary: 'List deliveries of a webhook, newest first',
      operationId: 'listWebhookDeliveries',
    })
    @Returns(
      { status: 200, description: 'A page of deliveries', schema: deliveryPage },
      Forbidden,
      WebhookNotFound,
    )
    async list(
      @Param('webhookId', { schema: uuid }) id: string,
      @Query({ schema: listDeliveriesQuery }) { limit, cursor, state }: ListDeliveriesQuery,
      @AnyCaller() caller: Principal,
    ): Promise<DeliveryPage> {
      const rows = await this.deliveries.page(id, state, cursor?.[0], limit + 1);
      return toDeliveryPage(rows, limit, caller);
    }

    @Post('deliveries/:deliveryId/retry')
    @Route(CHANGE)
    @ApiOperation({ summary: 'Attempt a delivery now', operationId: 'retryWebhookDelivery' })
    @Returns(
      { status: 202, description: 'The delivery, pending', schema: deliveryResponse },
      Forbidden,
      DeliveryNotFound,
    )
    async retry(
      @Param('deliveryId', { schema: uuid }) id: string,
      @AnyCaller() caller: Principal,
    ): Promise<DeliveryResponse> {
      return toDeliveryResponse(await this.deliveries.retry(id), caller);
    }

    @Post(':webhookId/test')
    @Route(CHANGE)
    @ApiOperation({ summary: 'Send a test event to a webhook', operationId: 'testWebhook' })
    @Returns(
      { status: 202, description: 'The delivery of the test event', schema: deliveryResponse },
      Forbidden,
      WebhookNotFound,
    )
    async test(
      @Param('webhookId', { schema: uuid }) id: string,
      @AnyCaller() caller: Principal,
    ): Promise<DeliveryResponse> {
      return toDeliveryResponse(await this.deliveries.test(id), caller);
    }

    @Post(':webhookId/replay')
    @Route(CHANGE)
    @ApiOperation({ summary: 'Deliver past events once more', operationId: 'replayWebhookEvents' })
    @Returns(
      { status: 202, description: 'The events will be delivered' },
      Forbidden,
      WebhookNotFound,
    )
    async replay(
      @Param('webhookId', { schema: uuid }) id: string,
      @Body({ schema: replayBody }) { since, types: wanted }: ReplayRequest,
    ): Promise<void> {
      await this.replays.request(id, new Date(since), wanted);
    }
  }
  return DeliveriesController;
}
