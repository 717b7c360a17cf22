import type { Area } from '../platform/config/area.js';
import type { Section } from '../platform/config/section.js';
import { features } from './features.js';

/**
 * The schema of the environment, in sections, so that each process validates only the sections it
 * uses.
 */
export const sections: readonly Section[] = features.flatMap(({ config = [] }) => config);

/** Sections of the job consumer. */
export const workerSections = sections.filter(({ apiOnly }) => !apiOnly);

/** The variables of some sections, in the order of all. */
export function areasOf(some: readonly Section[]): Area[] {
  return sections.filter((each) => some.includes(each)).map(({ area }) => area);
}
