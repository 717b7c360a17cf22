import { endings } from './global-setup.js';

/** Ends all servers of the run, and then fails if one of them could not end. */
export default async function globalTeardown(): Promise<void> {
  const failures: unknown[] = [];
  for (const end of endings) await end().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
