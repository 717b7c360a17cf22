import { type ConfigModule, registerAs } from '@nestjs/config';

import type { Area, Values, Variables } from './area.js';
import { values } from './env.js';

/** A part of the configuration: its variables, and what makes the typed values that are injected by its `KEY`. */
export type Section = Parameters<typeof ConfigModule.forFeature>[0] & {
  readonly area: Area;
  /** Only the API reads it; otherwise all processes do. */
  readonly apiOnly: boolean;
};

/** Joins variables with the values made from them. @param apiOnly whether only the API uses it. */
export function section<V extends Variables, Others extends Variables, Settings extends object>(
  name: string,
  area: Area<V, Others>,
  toSettings: (env: Values<V & Others>) => Settings,
  { apiOnly = false }: { readonly apiOnly?: boolean } = {},
) {
  return Object.assign(
    registerAs(name, () => toSettings(values(area))),
    // Rules are typed by the variables of their area; code for all areas does not need these types.
    { area: area as unknown as Area, apiOnly },
  );
}
