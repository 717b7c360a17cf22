import { BytesIEC, PercentUnit, Seconds, Short } from '@grafana/grafana-foundation-sdk/units';

import { CHOSEN, graphsBy, type Page, perSecond } from './panels.js';

const perInstance = (metric: string) => ({ '{{job}} {{instance}}': `${metric}{${CHOSEN}}` });
const graph = graphsBy(perInstance);

/** Node's event loop, memory and worker threads. */
export const runtime: Page = {
  uid: 'user-api-runtime',
  title: 'User API / Runtime',
  rows: {
    Processes: [
      graph('Scraped', '1 when the last scrape worked.', Short, 'up'),
      {
        title: 'Uptime',
        about: 'Falls to zero at each start.',
        unit: Seconds,
        queries: { '{{job}} {{instance}}': `time() - process_start_time_seconds{${CHOSEN}}` },
      },
      graph('Series', 'The bound is 2000.', Short, 'scrape_samples_post_metric_relabeling'),
      {
        title: 'Builds',
        about: 'Processes by version and commit; more than one is a roll-out.',
        unit: Short,
        queries: { '{{version}} {{commit}}': `count by (version, commit) (build_info{${CHOSEN}})` },
      },
      graph(
        'Clock offset',
        'Clock of the process minus that of the database.',
        Seconds,
        'clock_offset_seconds',
      ),
      graph('Open file descriptors', 'A steady rise is a leak.', Short, 'process_open_fds'),
    ],
    'CPU and event loop': [
      {
        title: 'CPU',
        about: 'Cores in use: the event loop is one at most, worker threads come on top.',
        unit: Short,
        queries: {
          '{{job}} {{instance}}': `rate(process_cpu_seconds_total{${CHOSEN}}[$__rate_interval])`,
        },
      },
      graph(
        'Event loop utilization',
        'Near 100 % it is time for another replica.',
        PercentUnit,
        'nodejs_eventloop_utilization',
      ),
      {
        title: 'Event loop lag',
        about: 'How late timers are; 10 ms is the resolution of the measurement.',
        unit: Seconds,
        queries: {
          'p50 {{instance}}': `nodejs_eventloop_lag_p50_seconds{${CHOSEN}}`,
          'p99 {{instance}}': `nodejs_eventloop_lag_p99_seconds{${CHOSEN}}`,
        },
      },
    ],
    Memory: [
      {
        title: 'Garbage collection',
        about: 'Share of time the main thread collects garbage, by kind.',
        unit: PercentUnit,
        queries: {
          '{{kind}} {{instance}}': `rate(nodejs_gc_duration_seconds_sum{${CHOSEN}}[$__rate_interval])`,
        },
      },
      graph(
        'Resident memory',
        'What counts against the limit of the container.',
        BytesIEC,
        'process_resident_memory_bytes',
      ),
      {
        title: 'Heap of the main thread',
        about: 'Used should fall back with each collection; total follows.',
        unit: BytesIEC,
        queries: {
          'used {{instance}}': `nodejs_heap_size_used_bytes{${CHOSEN}}`,
          'total {{instance}}': `nodejs_heap_size_total_bytes{${CHOSEN}}`,
          'external {{instance}}': `nodejs_external_memory_bytes{${CHOSEN}}`,
        },
      },
      graph(
        'Active resources',
        'Sockets, timers and requests; a steady rise is a leak.',
        Short,
        'nodejs_active_resources',
      ),
    ],
    'Worker threads': [
      {
        title: 'Threads',
        about: 'They start when needed and end after 30 idle seconds.',
        unit: Short,
        queries: {
          'running {{instance}}': `worker_pool_threads{${CHOSEN}}`,
          'at most {{instance}}': `worker_pool_threads_max{${CHOSEN}}`,
        },
      },
      {
        title: 'Waiting tasks',
        about: 'Tasks that could not start in time are refused, and their requests get 503.',
        unit: Short,
        queries: {
          '{{priority}} {{instance}}': `worker_pool_queue_size{${CHOSEN}}`,
        },
      },
      {
        title: 'Wait for a thread, p99',
        about: 'Adds to the duration of sign-ups and sign-ins.',
        unit: Seconds,
        queries: {
          '{{task}}': `histogram_quantile(0.99, sum by (le, task) (rate(worker_pool_wait_seconds_bucket{${CHOSEN}}[$__rate_interval])))`,
        },
      },
      {
        title: 'Tasks',
        about: 'Per second, by what became of them; rejected ones could not have started in time.',
        unit: Short,
        queries: {
          '{{task}} {{result}}': perSecond('worker_pool_tasks_total', 'task, result'),
        },
      },
      {
        title: 'Time in the thread, p99',
        about: 'More threads than cores make each take longer.',
        unit: Seconds,
        queries: {
          '{{task}}': `histogram_quantile(0.99, sum by (le, task) (rate(worker_pool_run_seconds_bucket{${CHOSEN}}[$__rate_interval])))`,
        },
      },
      {
        title: 'Calls to the outside',
        about: 'Open ones and those that wait for a slot.',
        unit: Short,
        queries: {
          'open {{instance}}': `worker_pool_io_active{${CHOSEN}}`,
          'waiting {{instance}}': `worker_pool_io_queue_size{${CHOSEN}}`,
          'at most {{instance}}': `worker_pool_io_slots{${CHOSEN}}`,
        },
      },
    ],
    Overload: [
      {
        title: 'Let in',
        about: 'Requests and passwords in flight below their limits, which adapt themselves.',
        unit: Short,
        queries: {
          '{{kind}} {{instance}}': `admission_inflight{${CHOSEN}}`,
          'limit of {{kind}} {{instance}}': `admission_limit{${CHOSEN}}`,
        },
      },
      {
        title: 'Refused at the door',
        about: 'Per second, by priority and what there was too much of.',
        unit: Short,
        queries: {
          '{{priority}} {{reason}}': perSecond('admission_rejected_total', 'priority, reason'),
        },
      },
    ],
  },
};
