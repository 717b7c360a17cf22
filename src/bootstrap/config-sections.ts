import type { Area } from '../platform/config/area.js';
import type { Section } from '../platform/config/section.js';
import { features } from './features.js';

/**
 * The one schema of the environment, cut into sections so that each process validates only what
 * it uses.
 */
export const sections: readonly Section[] = features.flatMap(({ config = [] }) => config);

/** What the job consumer uses. */
export const workerSections = sections.filter(({ apiOnly }) => !apiOnly);

/** The variables of some sections, in the order of all. */
export function areasOf(some: readonly Section[]): Area[] {
  return sections.filter((each) => some.includes(each)).map(({ area }) => area);
}
