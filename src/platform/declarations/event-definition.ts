import type { z } from 'zod';

/** Features add the types of their events with their data, so that an undeclared type does not compile. */
// oxlint-disable-next-line typescript/no-empty-object-type -- merged with what features declare
export interface EventTypes {}

export type EventType = keyof EventTypes;

/** Injection token of the declared types, an array of `EventDefinition`. */
export const EVENT_DEFINITIONS = Symbol('EVENT_DEFINITIONS');

/** A type of events that other services are told of. */
export interface EventDefinition<
  Type extends string = string,
  Data extends z.ZodObject = z.ZodObject,
> {
  /** `<what>.<happened>`, `[a-z.-]+`: a subject of streams, and what webhooks choose by. */
  readonly type: Type;
  /** What happened, in a sentence. */
  readonly about: string;
  /** `data` of its events. Ids, names of fields and enumerations: no secrets, no addresses. */
  readonly data: Data;
}

/** Declares a type of events; the function exists so that its data is typed by the schema. */
export function defineEvent<const Type extends string, Data extends z.ZodObject>(
  definition: EventDefinition<Type, Data>,
): EventDefinition<Type, Data> {
  return definition;
}

/** The rows for `EventTypes` of some definitions. */
export type EventTypesOf<Definitions extends readonly EventDefinition[]> = {
  [Each in Definitions[number] as Each['type']]: z.infer<Each['data']>;
};
