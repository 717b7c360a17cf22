import type { Area } from '../platform/config/area.js';
import type { SectionConfig } from '../platform/config/section.js';
import { features } from './features.js';

/**
 * The one schema of the environment, cut into sections so that each process validates only what
 * it uses.
 */
export const sections = features.flatMap(({ config = [] }) => config);

/** What the API process uses. */
export const apiConfigs: readonly SectionConfig[] = sections.map(({ config }) => config);

/** What the job consumer uses. */
export const workerConfigs: readonly SectionConfig[] = sections
  .filter(({ apiOnly }) => apiOnly !== true)
  .map(({ config }) => config);

/** The variables behind some typed values. */
export function areasOf(configs: readonly SectionConfig[]): Area[] {
  return sections.flatMap(({ area, config }) => (configs.includes(config) ? [area] : []));
}
