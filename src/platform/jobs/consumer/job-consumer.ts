import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { context, type Counter, propagation, ROOT_CONTEXT, SpanKind } from '@opentelemetry/api';
import { MetricService } from 'nestjs-otel';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';
import type { PgBoss } from 'pg-boss';

import { fromZero } from '../../common/from-zero.js';
import { workersConfig } from '../../workers/workers.config.js';
import { DatabaseConnector } from '../../database/connection/database-connector.js';
import { DatabaseOutage } from '../../database/connection/database-outage.js';
import { safeMessage } from '../../observability/logging/exception.js';
import { isReported } from '../../observability/logging/outages.js';
import { inSpan } from '../../observability/tracing/spans.js';
import { WorkInHand } from '../../app/work-in-hand.js';
import { wasRefusedByPolicy } from '../../resilience/never-sent.js';
import { JobArrivals } from '../queue/job-arrivals.js';
import type { JobDefinition } from '../../declarations/job-definition.js';
import { queuesWithDueJobs } from './due-jobs.js';
import { JobHandlerMetadata, type JobMethod } from './job-handler.decorator.js';
import { BOSS } from '../queue/job-queue.js';
import { logStoreErrors } from '../queue/job-store-errors.js';
import { PermanentJobError, PostponedJobError } from '../queue/job.errors.js';
import { type EndedJob, type FetchedJob, QueueFeed } from './queue-feed.js';

interface Handler {
  readonly job: JobDefinition;
  readonly run: JobMethod<unknown>;
}

const FIRST_DELAY_MS = 200;
const MAX_DELAY_MS = 2000;
/** Between two looks for due jobs: retries become due without a notification, and a notification may be lost. */
const POLL_MS = 1000;
/** Delay of a job that the policy of its dependency refused, without jitter. */
const REFUSED_MS = 5000;

/** Finds the `@JobHandler` methods of the process and runs them for jobs of their queues. */
@Injectable()
export class JobConsumer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopped = new AbortController();
  private starting: Promise<void> = Promise.resolve();
  private readonly jobs: Counter;
  private readonly storeError: (error: Error) => void;
  private readonly slots: number;
  private feeds: QueueFeed[] = [];
  private polling: Promise<void> = Promise.resolve();

  constructor(
    @Inject(BOSS) private readonly boss: PgBoss,
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly connector: DatabaseConnector,
    outage: DatabaseOutage,
    @InjectPinoLogger('jobs') private readonly logger: PinoLogger,
    metrics: MetricService,
    private readonly work: WorkInHand,
    private readonly arrivals: JobArrivals,
    @Inject(workersConfig.KEY) workers: ConfigType<typeof workersConfig>,
  ) {
    this.storeError = logStoreErrors(logger, outage);
    this.slots = workers.ioSlots;
    this.jobs = metrics.getCounter('jobs_total', {
      unit: '{job}',
      description: 'Attempts at jobs: completed, failed, dead after the last one, or postponed.',
    });
  }

  onApplicationBootstrap(): void {
    this.boss.on('error', this.storeError);
    this.starting = this.start();
  }

  /** Stops fetching, and waits for active jobs. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    await this.starting;
    await Promise.all([this.polling, ...this.feeds.map(async (feed) => feed.stop())]);
    await this.boss.stop({ close: false, graceful: false });
  }

  /** Starts once the database is up and migrated, and retries until then. */
  private async start(): Promise<void> {
    const { signal } = this.stopped;
    let delayMs = FIRST_DELAY_MS;
    await Promise.race([this.connector.whenConnected(), once(signal, 'abort')]);
    while (!signal.aborted) {
      try {
        await this.boss.start();
        const handlers = this.handlers();
        const queue = handlers.map(({ job }) => job.queue);
        fromZero(this.jobs, { queue, result: ['completed', ...Object.values(results)] });
        this.feeds = handlers.map((handler) => this.consume(handler));
        this.polling = this.poll(queue);
        return;
      } catch (error) {
        this.storeError(error as Error);
        await this.boss.stop({ close: false, graceful: false }).catch(() => undefined);
        await after(delayMs, signal);
        delayMs = Math.min(delayMs * 2, MAX_DELAY_MS);
      }
    }
  }

  /** Wakes the feeds of queues with due jobs: one statement for all of them, where each would need its own. */
  private async poll(queues: readonly string[]): Promise<void> {
    const { signal } = this.stopped;
    while (await after(POLL_MS, signal)) {
      try {
        for (const queue of await queuesWithDueJobs(this.boss, queues))
          this.arrivals.arrived(queue);
      } catch (error) {
        this.storeError(error as Error);
        // Each queue may still be read.
        this.arrivals.anythingMayHaveArrived();
      }
    }
  }

  private consume(handler: Handler): QueueFeed {
    const { queue } = handler.job;
    const feed = new QueueFeed({
      boss: this.boss,
      queue,
      slots: this.slots,
      run: async (job) => this.run(handler, job),
      onError: this.storeError,
    });
    this.arrivals.onArrival(queue, () => feed.wake());
    return feed;
  }

  private async run({ job: { queue, payload }, run }: Handler, job: FetchedJob): Promise<EndedJob> {
    const { id, retryCount } = job;
    const attempt = retryCount + 1;
    const last = retryCount >= job.retryLimit;
    const parent = propagation.extract(ROOT_CONTEXT, job.data?.carrier ?? {});
    this.work.begin(`job ${queue}`);
    return context.with(parent, async (): Promise<EndedJob> => {
      try {
        await inSpan(
          `${queue} process`,
          () => run(payload.parse(job.data?.payload), { id, attempt, last }),
          { kind: SpanKind.CONSUMER, attributes: messagingAttributes(queue, id) },
        );
        this.jobs.add(1, { queue, result: 'completed' });
        return { id, retryCount, state: 'completed' };
      } catch (error) {
        const end = endOf(error, last);
        this.jobs.add(1, { queue, result: results[end.state] });
        this.logFailure({ err: error, job_id: id, queue, attempt, state: end.state });
        // The stored reason is what `jobs list` shows: no addresses, no input.
        return { id, retryCount, reason: safeMessage(error), ...end };
      } finally {
        this.work.end(`job ${queue}`);
      }
    });
  }

  private logFailure(fields: { err: unknown; state: EndedJob['state']; [more: string]: unknown }) {
    const { err, state } = fields;
    if (state === 'created') this.logger.debug(fields, 'job put back');
    // While a dependency is down every attempt fails, and the outage is already logged.
    else if (state === 'retry' && isReported(err)) this.logger.debug(fields, 'job failed');
    else this.logger.warn(fields, 'job failed');
  }

  private handlers(): Handler[] {
    return this.discovery.getProviders().flatMap(({ instance }: { instance: unknown }) => {
      if (typeof instance !== 'object' || instance === null) return [];
      return this.scanner.getAllMethodNames(Object.getPrototypeOf(instance)).flatMap((name) => {
        const method = (instance as Record<string, unknown>)[name];
        const job = Reflect.getMetadata(JobHandlerMetadata.KEY, method as object) as
          JobDefinition | undefined;
        return job ? [{ job, run: (method as JobMethod<unknown>).bind(instance) }] : [];
      });
    });
  }
}

/** Waits. @returns false as soon as the signal comes. */
async function after(ms: number, signal: AbortSignal): Promise<boolean> {
  await delay(ms, undefined, { signal }).catch(() => undefined);
  return !signal.aborted;
}

const results = { created: 'postponed', retry: 'failed', failed: 'dead' } as const;

/** The outcome of a job for an error. A job that was not tried is put back unchanged. */
function endOf(
  error: unknown,
  last: boolean,
): Pick<EndedJob, 'delayMs' | 'refused'> & { state: keyof typeof results } {
  if (wasRefusedByPolicy(error))
    return { state: 'created', delayMs: REFUSED_MS * (1 + Math.random()), refused: true };
  if (error instanceof PostponedJobError) return { state: 'created', delayMs: error.delayMs };
  return { state: last || error instanceof PermanentJobError ? 'failed' : 'retry' };
}

/** OpenTelemetry's semantic conventions for messaging. */
function messagingAttributes(queue: string, jobId: string) {
  return {
    'messaging.system': 'pg-boss',
    'messaging.destination.name': queue,
    'messaging.operation.name': 'process',
    'messaging.message.id': jobId,
  };
}
