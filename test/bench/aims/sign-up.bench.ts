import type { Benchmark } from '../harness/benchmark.js';
import { populate } from '../harness/lab.js';
import { inRounds } from '../harness/rounds.js';
import { ratios } from '../harness/statistics.js';

export const signUpBody = JSON.stringify({ name: 'Bench', email: 'user%d@example.com' });

/** User, audit row, token and mail job in one transaction, against a single INSERT. */
export const signUp: Benchmark = {
  name: 'sign-up',
  title: 'sign-up without a password, against a bare single-row INSERT',
  async run(lab, effort) {
    const database = await lab.database('bench_sign_up');
    await populate(database);
    const [ours, bare] = [await lab.api(database), await lab.bare(database)];
    const variant = ({ url, pid }: { url: string; pid: number }) => ({
      target: { url: `${url}/users`, body: signUpBody },
      pids: [pid],
    });
    const measured = await inRounds(
      { bare: variant(bare), ours: variant(ours) },
      lab.postmaster,
      effort,
    );
    await Promise.all([ours.stop(), bare.stop()]);
    return [
      { what: 'bare', unit: 'req/s', digits: 0, figures: measured.bare.perSecond },
      { what: 'ours', unit: 'req/s', digits: 0, figures: measured.ours.perSecond },
      { what: 'bare: CPU', unit: 'µs/req', digits: 0, figures: measured.bare.totalCpu },
      { what: 'ours: CPU', unit: 'µs/req', digits: 0, figures: measured.ours.totalCpu },
      {
        what: 'ours: of it the server',
        unit: 'µs/req',
        digits: 0,
        figures: measured.ours.serverCpu,
      },
      {
        what: 'throughput of ours to bare',
        unit: 'ratio',
        digits: 2,
        figures: ratios(measured.ours.perSecond, measured.bare.perSecond),
        aim: { atLeast: 0.35 },
      },
    ];
  },
};
