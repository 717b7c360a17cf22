import { endings } from './global-setup.js';

export default async function globalTeardown(): Promise<void> {
  for (const end of endings) await end();
}
