import { readdir } from 'node:fs/promises';
import {
  constants,
  type NodeGCPerformanceDetail,
  type PerformanceEntry,
  PerformanceObserver,
} from 'node:perf_hooks';

import { metrics } from '@opentelemetry/api';

/** Kinds of garbage collection, by the names that prom-client made usual. */
const gcKinds = new Map([
  [constants.NODE_PERFORMANCE_GC_MINOR, 'minor'],
  [constants.NODE_PERFORMANCE_GC_MAJOR, 'major'],
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL, 'incremental'],
  [constants.NODE_PERFORMANCE_GC_WEAKCB, 'weakcb'],
]);

/** Where Linux lists the open file descriptors of a process. */
const DESCRIPTORS = '/proc/self/fd';

interface GarbageCollection extends PerformanceEntry {
  readonly detail: NodeGCPerformanceDetail;
}

/**
 * Metrics on which build runs, how long it collects garbage, and how many descriptors it has open.
 * @returns what ends the measuring.
 */
export function watchProcess(build: { version: string; commit: string }): () => void {
  const meter = metrics.getMeter('process');
  meter
    .createObservableGauge('build_info', {
      description: 'Build of the process; always 1.',
      unit: '1',
    })
    .addCallback((result) => result.observe(1, build));
  const pauses = meter.createHistogram('nodejs_gc_duration_seconds', {
    description: 'Garbage collections of the main thread, by kind.',
    unit: 's',
  });
  const collections = new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as GarbageCollection[]) {
      const kind = gcKinds.get(entry.detail.kind ?? 0) ?? 'other';
      pauses.record(entry.duration / 1000, { kind });
    }
  });
  collections.observe({ entryTypes: ['gc'] });
  meter
    .createObservableGauge('process_open_fds', {
      description: 'Open file descriptors; on Linux only.',
      unit: '{descriptor}',
    })
    .addCallback(async (result) => {
      const open = await readdir(DESCRIPTORS).catch(() => undefined);
      // Reading them takes one itself.
      if (open) result.observe(open.length - 1);
    });
  return () => collections.disconnect();
}
