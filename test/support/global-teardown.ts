import { endings } from './global-setup.js';

export default async function globalTeardown(): Promise<void> {
  await Promise.all(endings.map((end) => end()));
}
