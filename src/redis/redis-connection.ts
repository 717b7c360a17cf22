import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';
import { createClient, type RedisClientType } from '@redis/client';

import { redisConfig } from '../config/redis.config.js';
import { Outages } from '../observability/outages.js';
import { redisPolicy } from '../resilience/dependency-policies.js';
import type { DependencyPolicy } from '../resilience/dependency-policy.js';

const COMMAND_TIMEOUT_MS = 500;
/** The client's command timeout ends once a command is written: a server that hangs is found by its silence. */
const PING_INTERVAL_MS = 250;
const SILENCE_MS = 750;
const MAX_RECONNECT_DELAY_MS = 2000;

/**
 * The client for Redis, connected and reconnected in the background. Commands fail at once while
 * it is away (no offline queue), so that callers fall back instead of piling up.
 */
@Injectable()
export class RedisConnection implements OnModuleInit, OnApplicationShutdown {
  /** Nothing when Redis is not configured. */
  readonly client: RedisClientType | undefined;
  /** What callers send commands through; nothing when Redis is not configured. */
  readonly policy: DependencyPolicy | undefined;

  constructor(
    @Inject(redisConfig.KEY) config: ConfigType<typeof redisConfig>,
    @InjectPinoLogger('redis') private readonly logger: PinoLogger,
    outages: Outages,
  ) {
    if (config.url === undefined) return;
    const outage = outages.of('redis');
    this.policy = redisPolicy(logger, outage);
    this.client = createClient({
      url: config.url,
      disableOfflineQueue: true,
      commandOptions: { timeout: COMMAND_TIMEOUT_MS },
      pingInterval: PING_INTERVAL_MS,
      socket: {
        socketTimeout: SILENCE_MS,
        connectTimeout: 1000,
        reconnectStrategy: (retries) =>
          Math.min(50 * 2 ** Math.min(retries, 6), MAX_RECONNECT_DELAY_MS),
      },
    }) as RedisClientType;
    this.client.on('error', (error: unknown) => outage.failed(error));
    this.client.on('ready', () => outage.succeeded());
  }

  onModuleInit(): void {
    if (this.client) void this.client.connect().catch(() => undefined);
    else this.logger.info('REDIS_URL is not set: limits and caches are kept in process');
  }

  onApplicationShutdown(): void {
    this.client?.destroy();
  }

  /** True when Redis answers, or is not configured. */
  async isUp(): Promise<boolean> {
    if (!this.client) return true;
    try {
      return (await this.client.ping()) === 'PONG';
    } catch {
      return false;
    }
  }
}
