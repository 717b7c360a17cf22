import type { Caller } from './caller.js';
import { type Service, startService } from './service.js';
import { waitFor } from './wait-for.js';

/** Waits until a started process has found what it depends on. */
export async function ready<Started extends Caller>(service: Started): Promise<Started> {
  await waitFor(
    'the process to be ready',
    async () => (await service.get('/ready')).status === 200,
  );
  return service;
}

/** Starts the built API and waits until it is ready. */
export function startReady(env: Readonly<Record<string, string>>): Promise<Service> {
  return startService(env).then(ready);
}
