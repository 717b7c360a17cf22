import { API_KEY, request } from '../support/caller.js';
import { openLab } from './harness/lab.js';
import type { Server } from './harness/launch.js';
import { inRounds } from './harness/rounds.js';
import { ratios, spread } from './harness/statistics.js';

/**
 * What telemetry costs: CPU time of the API process per `GET /users/{id}`, for each more of it
 * switched on. All variants run at once on one database and take turns under load, so that the
 * machine's moods meet all of them; the ratio to `off` is what counts.
 */
const ROUNDS = Number(process.argv[2] ?? 20);
/** Many short rounds: what disturbs a machine for some seconds then meets few ratios rather than most. */
const SECONDS = 1;

/** Nothing is logged below the level that is set at run time. */
const OFF = 'off';

const variants: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [OFF]: { OTEL_SDK_DISABLED: 'true' },
  logs: { OTEL_SDK_DISABLED: 'true' },
  '+ metrics': { OTEL_EXPORTER_OTLP_ENDPOINT: '' },
  '+ traces at 10 %': {},
  '+ traces at 100 %': { OTEL_TRACES_SAMPLER_ARG: '1' },
};

const lab = await openLab();
try {
  const database = await lab.database('bench');
  const servers: Record<string, Server> = {};
  for (const [name, env] of Object.entries(variants)) servers[name] = await lab.api(database, env);
  const headers = { 'x-api-key': API_KEY };
  await request(`${servers[OFF]?.url}/admin/log-level`, {
    method: 'PUT',
    headers,
    body: { level: 'fatal', seconds: 86_400 },
  });
  const created = await request<{ id: string }>(`${servers[OFF]?.url}/users`, {
    method: 'POST',
    body: { email: 'bench@example.com', name: 'Bench' },
  });

  const measured = await inRounds(
    Object.fromEntries(
      Object.entries(servers).map(([name, { url, pid }]) => [
        name,
        { target: { url: `${url}/users/${created.body.id}`, headers }, pids: [pid] },
      ]),
    ),
    lab.postmaster,
    { rounds: ROUNDS, seconds: SECONDS },
  );

  process.stdout.write(
    'telemetry            CPU µs/req (median, min-max)   ratio to off in the same round\n',
  );
  for (const [name, { serverCpu }] of Object.entries(measured)) {
    const cost = spread(serverCpu, 0);
    const ratio = spread(ratios(serverCpu, measured[OFF]?.serverCpu ?? []), 2);
    const text = `${cost.middle.padStart(5)}  (${cost.range})`;
    process.stdout.write(
      `${name.padEnd(20)} ${text.padEnd(31)} ${ratio.middle}  (${ratio.range})\n`,
    );
  }
} finally {
  await lab.stop();
}
