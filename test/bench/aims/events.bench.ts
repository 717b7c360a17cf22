import { startNats } from '../../support/nats-server.js';
import type { Benchmark } from '../harness/benchmark.js';
import { populate } from '../harness/lab.js';
import { inRounds } from '../harness/rounds.js';
import { ratios } from '../harness/statistics.js';
import { signUpBody } from './sign-up.bench.js';

/** What events cost a sign-up. */
export const events: Benchmark = {
  name: 'events',
  title: 'sign-up with NATS and webhooks as destinations against none',
  async run(lab, effort) {
    const nats = await startNats();
    const [off, on] = [
      await lab.database('bench_events_off'),
      await lab.database('bench_events_on'),
    ];
    await Promise.all([populate(off), populate(on)]);
    await on.query(`INSERT INTO event_destinations VALUES ('webhooks')`);
    const apis = { off: await lab.api(off), on: await lab.api(on, { EVENTS_URL: nats.url }) };
    const variant = ({ url, pid }: { url: string; pid: number }) => ({
      target: { url: `${url}/users`, body: signUpBody },
      pids: [pid],
    });
    const measured = await inRounds(
      { off: variant(apis.off), on: variant(apis.on) },
      lab.postmaster,
      effort,
    );
    await Promise.all([apis.off.stop(), apis.on.stop()]);
    await nats.stop();
    return [
      { what: 'none: CPU', unit: 'µs/req', digits: 0, figures: measured.off.totalCpu },
      { what: 'both: CPU', unit: 'µs/req', digits: 0, figures: measured.on.totalCpu },
      {
        what: 'CPU of both to none',
        unit: 'ratio',
        digits: 2,
        figures: ratios(measured.on.totalCpu, measured.off.totalCpu),
        aim: { atMost: 1.3 },
      },
    ];
  },
};
