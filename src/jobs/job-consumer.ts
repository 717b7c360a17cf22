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
import type { JobResult, JobWithMetadata, PgBoss } from 'pg-boss';

import { httpConfig } from '../config/http.config.js';
import { workersConfig } from '../config/workers.config.js';
import { DatabaseConnector } from '../database/database-connector.js';
import { DatabaseOutage } from '../database/database-outage.js';
import { safeMessage } from '../observability/exception.js';
import { isReported } from '../observability/outages.js';
import { inSpan } from '../observability/spans.js';
import { WorkInHand } from '../observability/work-in-hand.js';
import type { JobDefinition } from './job-definition.js';
import { JobHandlerMetadata, type JobMethod, PermanentJobError } from './job-handler.decorator.js';
import { BOSS, type JobEnvelope } from './job-queue.js';
import { logStoreErrors } from './job-store-errors.js';

interface Handler {
  readonly job: JobDefinition;
  readonly run: JobMethod<unknown>;
}

/**
 * Jobs that are fetched, and completed, by one statement. Batches of 8 take a fifth less CPU per mail
 * than those of 4, most of it PostgreSQL's; but a loop waits for the slowest job of its batch.
 */
const LARGEST_BATCH = 8;
/** So that one slow receiver does not hold up everybody. */
const LEAST_LOOPS = 2;

const WORK_OPTIONS = {
  burstWhenBatchFull: true,
  // Retries become due without a notification, so polling stays quick.
  pollingIntervalSeconds: 1,
  notifyPollingIntervalSeconds: 1,
  includeMetadata: true,
  // Without this one throw fails the whole batch.
  perJobResults: true,
} as const;

const FIRST_DELAY_MS = 200;
const MAX_DELAY_MS = 2000;
/** Beyond the process's own deadline, which says what it gives up. */
const STOP_MARGIN_MS = 1000;

/** Finds the `@JobHandler` methods of the process and feeds them from their queues. */
@Injectable()
export class JobConsumer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopped = new AbortController();
  private starting: Promise<void> = Promise.resolve();
  private readonly jobs: Counter;
  private readonly storeError: (error: Error) => void;
  private readonly slots: number;
  private readonly stopTimeoutMs: number;

  constructor(
    @Inject(BOSS) private readonly boss: PgBoss,
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly connector: DatabaseConnector,
    outage: DatabaseOutage,
    @InjectPinoLogger('jobs') private readonly logger: PinoLogger,
    metrics: MetricService,
    private readonly work: WorkInHand,
    @Inject(workersConfig.KEY) workers: ConfigType<typeof workersConfig>,
    @Inject(httpConfig.KEY) http: ConfigType<typeof httpConfig>,
  ) {
    this.stopTimeoutMs = http.shutdownTimeoutMs + STOP_MARGIN_MS;
    this.storeError = logStoreErrors(logger, outage);
    this.slots = workers.ioSlots;
    this.jobs = metrics.getCounter('jobs_total', {
      description: 'Attempts at jobs: completed, failed, or dead after the last one.',
    });
  }

  onApplicationBootstrap(): void {
    this.boss.on('error', this.storeError);
    this.starting = this.start();
  }

  /** Stops fetching, and waits for the jobs in hand. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    await this.starting;
    await this.boss.stop({ close: false, graceful: true, timeout: this.stopTimeoutMs });
  }

  /** Starts once the database is there and migrated; until then it waits and tries again. */
  private async start(): Promise<void> {
    const { signal } = this.stopped;
    let delayMs = FIRST_DELAY_MS;
    await Promise.race([this.connector.whenConnected(), once(signal, 'abort')]);
    while (!signal.aborted) {
      try {
        await this.boss.start();
        for (const handler of this.handlers()) await this.consume(handler);
        return;
      } catch (error) {
        this.storeError(error as Error);
        await this.boss.stop({ close: false, graceful: false }).catch(() => undefined);
        await delay(delayMs, undefined, { signal }).catch(() => undefined);
        delayMs = Math.min(delayMs * 2, MAX_DELAY_MS);
      }
    }
  }

  private async consume(handler: Handler): Promise<void> {
    const loops = Math.max(LEAST_LOOPS, Math.ceil(this.slots / LARGEST_BATCH));
    await this.boss.work(
      handler.job.queue,
      { ...WORK_OPTIONS, batchSize: Math.floor(this.slots / loops), localConcurrency: loops },
      async (jobs: JobWithMetadata<JobEnvelope>[]) =>
        Promise.all(jobs.map((job) => this.run(handler, job))),
    );
  }

  private async run(
    { job: { queue, payload }, run }: Handler,
    job: JobWithMetadata<JobEnvelope>,
  ): Promise<JobResult> {
    const attempt = job.retryCount + 1;
    const last = job.retryCount >= job.retryLimit;
    const parent = propagation.extract(ROOT_CONTEXT, job.data.carrier);
    this.work.begin(`job ${queue}`);
    return context.with(parent, async (): Promise<JobResult> => {
      try {
        await inSpan(
          `${queue} process`,
          () => run(payload.parse(job.data.payload), { id: job.id, attempt, last }),
          { kind: SpanKind.CONSUMER, attributes: messagingAttributes(queue, job.id) },
        );
        this.jobs.add(1, { queue, result: 'completed' });
        return { id: job.id, status: 'completed' };
      } catch (error) {
        const dead = last || error instanceof PermanentJobError;
        this.jobs.add(1, { queue, result: dead ? 'dead' : 'failed' });
        // While a dependency is away every attempt fails for it, which the log knows.
        this.logger[isReported(error) && !dead ? 'debug' : 'warn'](
          { err: error, job_id: job.id, queue, attempt, state: dead ? 'failed' : 'retry' },
          'job failed',
        );
        // The stored reason is what `jobs list` shows: no addresses, no input.
        return {
          id: job.id,
          status: dead ? 'deadletter' : 'failed',
          output: { message: safeMessage(error) },
        };
      } finally {
        this.work.end(`job ${queue}`);
      }
    });
  }

  private handlers(): Handler[] {
    return this.discovery.getProviders().flatMap(({ instance }) => {
      if (!isObject(instance)) return [];
      return this.scanner.getAllMethodNames(Object.getPrototypeOf(instance)).flatMap((name) => {
        const method = (instance as Record<string, unknown>)[name];
        const job = Reflect.getMetadata(JobHandlerMetadata.KEY, method as object) as
          JobDefinition | undefined;
        return job ? [{ job, run: (method as JobMethod<unknown>).bind(instance) }] : [];
      });
    });
  }
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

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
