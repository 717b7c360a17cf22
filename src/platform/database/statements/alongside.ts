import type { EntityManager } from 'typeorm';

/** What is to be committed together with something, or not at all. */
export type Alongside<Subject extends unknown[] = []> = (
  manager: EntityManager,
  ...subject: Subject
) => Promise<void>;
