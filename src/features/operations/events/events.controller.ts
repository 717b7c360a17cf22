import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import { EventStatus, type EventsStatus } from '../../../platform/events/outbox/event-status.js';
import { Forbidden } from '../../../platform/problems/problem.js';
import { Returns } from '../../../platform/routes/returns.decorator.js';
import { Route } from '../../../platform/routes/route.decorator.js';
import { EventList } from './event-list.js';
import {
  eventPage,
  type EventPage,
  eventsStatus,
  listEventsQuery,
  type ListEventsQuery,
} from './events.schemas.js';

@ApiTags('admin')
@Controller('admin/events')
export class EventsController {
  constructor(
    private readonly events: EventList,
    private readonly status: EventStatus,
  ) {}

  @Get()
  @Route({ access: 'admin:events', priority: 'bulk' })
  @ApiOperation({ summary: 'List stored events, newest first', operationId: 'listEvents' })
  @Returns({ status: 200, description: 'A page of events', schema: eventPage }, Forbidden)
  async list(@Query({ schema: listEventsQuery }) query: ListEventsQuery): Promise<EventPage> {
    return this.events.page(query);
  }

  @Get('status')
  @Route({ access: 'admin:events', priority: 'bulk' })
  @ApiOperation({
    summary: 'What waits for each destination of events',
    operationId: 'getEventsStatus',
  })
  @Returns({ status: 200, description: 'Of all replicas', schema: eventsStatus }, Forbidden)
  async read(): Promise<EventsStatus> {
    return this.status.read();
  }
}
