import { z } from 'zod';

import type { EventDefinition } from '../../declarations/event-definition.js';

/** The JSON Schema of the data of a type, as it is served and as it is kept in the repository. */
export function eventSchema({ type, about, data }: EventDefinition): Record<string, unknown> {
  // As an input: receivers ignore what a later release adds.
  const { $schema, ...schema } = z.toJSONSchema(data, { io: 'input', reused: 'inline' });
  return { $schema, title: type, description: about, ...schema };
}
