import type { Caller } from './caller.js';
import { type Service, startService } from './service.js';
import { waitFor } from './wait-for.js';

/** Within this time a probe needs its answer, in milliseconds: `timeoutSeconds` in `deploy/base`. */
export const PROBE_TIMEOUT_MS = 3000;

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
