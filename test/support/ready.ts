import type { Service } from './service.js';
import { waitFor } from './wait-for.js';

/** Waits until a started process has found what it depends on. */
export async function ready<Started extends Service>(service: Started): Promise<Started> {
  await waitFor(
    'the process to be ready',
    async () => (await service.request('/ready')).status === 200,
  );
  return service;
}
