import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';

import { EVENT_DEFINITIONS, type EventDefinition } from '../../declarations/event-definition.js';
import { ResourceNotFound } from '../../problems/problem.js';
import { Returns } from '../../routes/returns.decorator.js';
import { Route } from '../../routes/route.decorator.js';
import { eventSchema } from './event-schema.js';

/** A type of events with `.json`. */
const schemaFile = z
  .string()
  .regex(/^[a-z.-]{1,100}\.json$/, { error: 'must be a type of events and .json' })
  .transform((file) => file.slice(0, -'.json'.length))
  .meta({ examples: ['user.created.json'] });

const jsonSchema = z.looseObject({ title: z.string() }).meta({ id: 'EventSchema' });

@ApiTags('events')
@Controller('events/schemas')
export class EventSchemasController {
  constructor(
    @Inject(EVENT_DEFINITIONS) private readonly definitions: readonly EventDefinition[],
  ) {}

  @Get(':file')
  @Route({ access: 'public', priority: 'read', cache: 'public, max-age=300', exposure: 'public' })
  @ApiOperation({
    summary: 'JSON Schema of the data of a type of events',
    operationId: 'getEventSchema',
  })
  @Returns({ status: 200, description: 'A JSON Schema', schema: jsonSchema }, ResourceNotFound)
  schema(@Param('file', { schema: schemaFile }) type: string): z.infer<typeof jsonSchema> {
    return schemaOf(this.definitions, type);
  }
}

/** @throws ResourceNotFound */
function schemaOf(definitions: readonly EventDefinition[], type: string) {
  const definition = definitions.find((each) => each.type === type);
  if (definition === undefined) throw new ResourceNotFound();
  return eventSchema(definition) as z.infer<typeof jsonSchema>;
}
