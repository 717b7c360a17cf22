import { monitorEventLoopDelay, performance } from 'node:perf_hooks';

import { metrics } from '@opentelemetry/api';

const NANOSECONDS = 1e9;
const MICROSECONDS = 1e6;
const RESOLUTION_MS = 10;

/**
 * Figures of the Node process, under the usual names of prom-client. All are read when they are
 * collected; only the delay of the event loop is measured in between.
 * @returns what ends the measuring.
 */
export function watchRuntime(): () => void {
  const meter = metrics.getMeter('runtime');
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  let lastUtilization = performance.eventLoopUtilization();
  const startedAt = Date.now() / 1000 - process.uptime();

  const gauge = (name: string, description: string, unit: string, read: () => number) =>
    meter
      .createObservableGauge(name, { description, unit })
      .addCallback((result) => result.observe(read()));
  const counter = (name: string, description: string, unit: string, read: () => number) =>
    meter
      .createObservableCounter(name, { description, unit })
      .addCallback((result) => result.observe(read()));

  counter('process_cpu_seconds_total', 'CPU time of the process, user and system.', 's', () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / MICROSECONDS;
  });
  gauge('process_start_time_seconds', 'Start of the process, Unix time.', 's', () => startedAt);
  gauge('process_resident_memory_bytes', 'Resident memory of the process.', 'By', () =>
    process.memoryUsage.rss(),
  );
  gauge(
    'nodejs_heap_size_used_bytes',
    'Used heap of the main thread.',
    'By',
    () => process.memoryUsage().heapUsed,
  );
  gauge(
    'nodejs_heap_size_total_bytes',
    'Heap of the main thread.',
    'By',
    () => process.memoryUsage().heapTotal,
  );
  gauge(
    'nodejs_external_memory_bytes',
    'Memory of buffers and other native objects.',
    'By',
    () => process.memoryUsage().external,
  );
  gauge(
    'nodejs_active_resources',
    'Handles and requests that keep the event loop alive.',
    '{resource}',
    () => process.getActiveResourcesInfo().length,
  );
  gauge(
    'nodejs_eventloop_lag_p50_seconds',
    'Median delay of the event loop since the last scrape.',
    's',
    () => delay.percentile(50) / NANOSECONDS,
  );
  gauge(
    'nodejs_eventloop_lag_p99_seconds',
    '99th percentile of the delay of the event loop since the last scrape.',
    's',
    () => {
      const value = delay.percentile(99) / NANOSECONDS;
      delay.reset();
      return value;
    },
  );
  gauge(
    'nodejs_eventloop_utilization',
    'Share of time the event loop was busy since the last scrape.',
    '1',
    () => {
      const now = performance.eventLoopUtilization();
      const { utilization } = performance.eventLoopUtilization(now, lastUtilization);
      lastUtilization = now;
      return utilization;
    },
  );
  return () => void delay.disable();
}
