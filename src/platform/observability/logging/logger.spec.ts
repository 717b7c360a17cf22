import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { context, propagation } from '@opentelemetry/api';
import type { Logger } from 'pino';

import { runForRequest } from '../../common/request/request-context.js';
import { createLogger } from './logger.js';
import { startContext } from '../../common/request/start-context.js';
import { signedInUser } from '../../../../test/support/principals.js';

type Config = Parameters<typeof createLogger>[0];

const config: Config = {
  environment: 'test',
  serviceName: 'users',
  version: '1.2.3',
  buildId: 'b7',
  logLevel: 'info',
  logFormat: 'json',
  logCaller: false,
  dataDir: '.data',
  podName: undefined,
  podNamespace: undefined,
  nodeName: undefined,
};
const userId = '019aad6c-0f7e-7cc0-9a55-6a1c1d2e3f40';

describe('createLogger', () => {
  let folder: string;

  beforeAll(() => {
    startContext();
    folder = mkdtempSync(join(tmpdir(), 'cnua-log-'));
  });

  afterAll(() => {
    context.disable();
    rmSync(folder, { recursive: true });
  });

  /** The text that is written while `work` logs: a real file stands in for the process's output. */
  function written(changes: Partial<Config>, work: (logger: Logger) => void): string {
    const file = join(folder, 'log');
    const fd = openSync(file, 'w');
    try {
      const logger = createLogger({ ...config, ...changes }, ['logger', 'count'], fd as 1);
      work(logger);
      logger.flush();
      return readFileSync(file, 'utf8');
    } finally {
      closeSync(fd);
    }
  }

  function line(changes: Partial<Config>, work: (logger: Logger) => void) {
    return JSON.parse(written(changes, work)) as Record<string, unknown>;
  }

  it('writes exactly the keys of every line, zeros outside a span', () => {
    expect(line({}, (logger) => logger.info({ logger: 'users' }, 'hello'))).toEqual({
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
      level: 'INFO',
      logger: 'users',
      message: 'hello',
      service_name: 'users',
      service_version: '1.2.3',
      app_version: '1.2.3',
      build_id: 'b7',
      environment: 'test',
      trace_id: '0'.repeat(32),
      span_id: '0'.repeat(16),
    });
  });

  it('drops unknown fields, including secrets', () => {
    const text = written({}, (logger) =>
      logger.info({ password: 'canary', token: 'canary', body: { a: 'canary' }, count: 3 }, 'x'),
    );
    expect(text).not.toContain('canary');
    expect(JSON.parse(text)).toMatchObject({ count: 3 });
  });

  it('drops keys that objects inherit', () => {
    const text = written({}, (logger) => logger.info({ constructor: 'canary' }, 'x'));
    expect(text).not.toContain('canary');
  });

  it('writes an error as text with its stack, under `exception`', () => {
    const { exception, err } = line({}, (logger) =>
      logger.error({ err: new TypeError('no') }, 'x'),
    );
    expect(exception).toMatch(/^TypeError: no\n\s+at /);
    expect(err).toBeUndefined();
  });

  it('adds the request, its user and known baggage', () => {
    const baggage = propagation.createBaggage({ 'user.signup_source': { value: 'web' } });
    const principal = signedInUser({ userId });
    const fields = line({}, (logger) =>
      context.with(propagation.setBaggage(context.active(), baggage), () =>
        runForRequest({ requestId: 'r-1', principal }, () => logger.info('x')),
      ),
    );
    expect(fields).toMatchObject({
      request_id: 'r-1',
      user_id: userId,
      'baggage_user.signup_source': 'web',
    });
  });

  it.each(['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const)(
    'writes %s in capitals',
    (level) => {
      const { level: shown } = line({ logLevel: 'trace' }, (logger) => logger[level]('x'));
      expect(shown).toBe(level.toUpperCase());
    },
  );

  it('is silent below its level', () => {
    expect(written({ logLevel: 'warn' }, (logger) => logger.info('x'))).toBe('');
  });

  it('adds the call site when configured', () => {
    const fields = line({ logCaller: true }, (logger) => {
      logger.info('x');
    });
    expect(fields).toMatchObject({ module: 'logger.spec', line: expect.any(Number) as number });
  });

  it('adds pod and node when they are known', () => {
    const pod = { podName: 'p-1', podNamespace: 'prod', nodeName: 'n-1' };
    expect(line(pod, (logger) => logger.info('x'))).toMatchObject({
      pod_name: 'p-1',
      pod_namespace: 'prod',
      node_name: 'n-1',
    });
  });

  it('writes one readable line in text format', () => {
    const text = written({ logFormat: 'text' }, (logger) =>
      logger.warn({ logger: 'users', count: 3 }, 'hello'),
    );
    expect(text).toMatch(/^\[\d\d:\d\d:\d\d\.\d{3}\] WARN: users hello .*"count":3.*\n$/);
    expect(text).not.toContain('service_name');
  });
});
