import { type ConfigModule, registerAs } from '@nestjs/config';

import type { Area, Values, Variables } from './area.js';
import { type Fault, InvalidConfiguration, loadEnvironment, values } from './env.js';

/** A part of the configuration: its variables, and what makes the typed values that are injected by its `KEY`. */
export type Section = Parameters<typeof ConfigModule.forFeature>[0] & {
  readonly area: Area;
  /** Only the API reads it; otherwise all processes do. */
  readonly apiOnly: boolean;
  /** Finds faults that only can be judged by more than the text of a variable, such as by the files it names. */
  readonly inspect: () => Promise<readonly Fault[]>;
};

interface SectionOptions<Settings> {
  /** Whether only the API uses it. */
  readonly apiOnly?: boolean;
  readonly inspect?: (settings: Settings) => Promise<readonly Fault[]>;
}

/** Joins variables with the values made from them. */
export function section<V extends Variables, Others extends Variables, Settings extends object>(
  name: string,
  area: Area<V, Others>,
  toSettings: (env: Values<V & Others>) => Settings,
  { apiOnly = false, inspect }: SectionOptions<Settings> = {},
) {
  return Object.assign(
    registerAs(name, () => toSettings(values(area))),
    // Rules are typed by the variables of their area; code for all areas does not need these types.
    {
      area: area as unknown as Area,
      apiOnly,
      inspect: async () => inspect?.(toSettings(values(area))) ?? [],
    },
  );
}

/**
 * Parses and validates the variables of the sections, and inspects them once all are valid.
 * @throws InvalidConfiguration with every fault.
 */
export async function loadSections(sections: readonly Section[]): Promise<void> {
  loadEnvironment([...new Set(sections.map(({ area }) => area))]);
  const faults = (await Promise.all(sections.map(({ inspect }) => inspect()))).flat();
  if (faults.length > 0) throw new InvalidConfiguration(faults);
}
