import type { ConfigModule } from '@nestjs/config';

import type { Area, Variables } from './area.js';

/** What makes the typed values of a part of the configuration, and is their injection token's host. */
export type SectionConfig = Parameters<typeof ConfigModule.forFeature>[0];

/** A part of the configuration: its variables, and the typed values that are injected from them. */
export interface Section {
  readonly area: Area;
  readonly config: SectionConfig;
  /** Only the API reads it; otherwise all processes do. */
  readonly apiOnly?: boolean;
}

/** Joins variables with the values made from them. @param apiOnly whether job consumers do without. */
export function section<V extends Variables>(
  area: Area<V>,
  config: SectionConfig,
  { apiOnly = false }: { readonly apiOnly?: boolean } = {},
): Section {
  // Rules of an area know its own variables, which whoever walks all areas does not name.
  return { area: area as unknown as Area, config, apiOnly };
}
