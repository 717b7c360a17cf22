import { createKey } from '../../support/api-keys.js';
import { asService, callerOf } from '../../support/caller.js';
import type { Benchmark } from '../harness/benchmark.js';
import { signIn } from '../harness/lab.js';
import { inRounds, type Variant } from '../harness/rounds.js';
import { ratios } from '../harness/statistics.js';

/** `GET /users/{id}` with a key made at run time, against the same with a key of `API_KEY`. */
export const apiKey: Benchmark = {
  name: 'api-key',
  title: 'read one user with an API key made at run time, against one of API_KEY',
  async run(lab, effort) {
    const database = await lab.database('bench_api_key');
    const api = await lab.api(database);
    const { id } = await signIn(api, database);
    const { key } = await createKey(callerOf(api.url), ['users:read']);
    const variant = (headers: Record<string, string>): Variant => ({
      target: { url: `${api.url}/users/${id}`, headers },
      pids: [api.pid],
    });
    const variants = { configured: variant(asService), stored: variant({ 'x-api-key': key }) };
    const measured = await inRounds(variants, lab.postmaster, effort);
    await api.stop();
    return [
      ...Object.entries(measured).map(([name, { totalCpu }]) => ({
        what: `${name}: CPU`,
        unit: 'µs/req',
        digits: 0,
        figures: totalCpu,
      })),
      {
        what: 'CPU per request, stored to configured',
        unit: 'ratio',
        digits: 3,
        figures: ratios(measured.stored.totalCpu, measured.configured.totalCpu),
        aim: { atMost: 1.05 },
      },
    ];
  },
};
