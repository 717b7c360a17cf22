import type { ConfigModule } from '@nestjs/config';

import type { Area } from './area.js';

/** What makes the typed values of a part of the configuration, and is their injection token's host. */
export type SectionConfig = Parameters<typeof ConfigModule.forFeature>[0];

/** A part of the configuration: its variables, and the typed values that are injected from them. */
export interface Section {
  readonly area: Area;
  readonly config: SectionConfig;
}
