import { BlockList, isIP } from 'node:net';

import { z } from 'zod';

import { area } from '../../config/area.js';
import { section } from '../../config/section.js';
import { flag, list, text, timerSeconds, whole } from '../../config/variable-primitives.js';
import { publicBase, readOrigin } from '../../config/urls/service-url.js';

const portNumber = whole(0, 65_535);

/** `false`, `true`, a hop count, or a comma list of addresses and CIDR ranges of trusted proxies. */
const trustProxy = z
  .string()
  .transform((value) => {
    if (/^(false|true)$/i.test(value)) return value.toLowerCase() === 'true';
    if (/^\d{1,2}$/.test(value)) return Number(value);
    return value.split(',').map((element) => element.trim());
  })
  .refine((value) => !Array.isArray(value) || value.every(isRange), {
    error: 'must be false, a number of hops, or a comma list of addresses and CIDR ranges',
  })
  .describe('`false`, hop count, or list of addresses and CIDR ranges');

function isRange(element: string): boolean {
  const [address = '', prefix] = element.split('/');
  const family = isIP(address);
  if (family === 0) return false;
  if (prefix === undefined) return true;
  try {
    new BlockList().addSubnet(address, Number(prefix), family === 4 ? 'ipv4' : 'ipv6');
    return /^\d+$/.test(prefix);
  } catch {
    return false;
  }
}

const origins = list()
  .transform((elements) => elements.map((element) => (element === '*' ? '*' : originOf(element))))
  .refine((elements) => elements.every((element) => element !== undefined), {
    error: 'must be a comma list of origins such as https://app.example.com',
  })
  .transform((elements) => elements.filter((element) => element !== undefined))
  .describe('comma list of origins, or `*`');

function originOf(element: string): string | undefined {
  try {
    return readOrigin(element);
  } catch {
    return undefined;
  }
}

/** Default port of the API. */
export const DEFAULT_PORT = 8080;

const portVariable = {
  schema: portNumber,
  fallback: String(DEFAULT_PORT),
  about: 'Listen port; `0` picks a free one and the start-up log line says which.',
} as const;

export const httpArea = area({
  title: 'HTTP',
  variables: {
    HOST: { schema: text(255), fallback: '0.0.0.0', about: 'Listen address.' },
    PORT: portVariable,
    PUBLIC_URL: {
      schema: publicBase,
      mountable: true,
      follows: { name: 'PORT', variable: portVariable, as: (port) => `http://localhost:${port}` },
      fallbackText: '`http://localhost:<PORT>`',
      about: 'Base of the links in mails.',
    },
    DOCS: { schema: flag, fallback: 'true', about: 'Serve `/docs` and `/openapi.json`.' },
    METRICS_PORT: { schema: portNumber, about: 'Move `/metrics` to a port of its own.' },
    TRUST_PROXY: {
      schema: trustProxy,
      fallback: 'false',
      about: 'Trusted proxies for the client address (`X-Forwarded-For`).',
    },
    CORS_ORIGINS: { schema: origins, about: 'Origins that browsers may call from; unset: none.' },
    BODY_LIMIT_BYTES: {
      schema: whole(1024, 104_857_600),
      fallback: '102400',
      about: 'Largest request body; above it 413.',
    },
    SHUTDOWN_DELAY_SECONDS: {
      schema: timerSeconds(0),
      fallback: '0',
      about:
        'How long the process serves on after `/ready` went 503 (`5` in the Kubernetes ConfigMap).',
    },
    SHUTDOWN_TIMEOUT_SECONDS: {
      schema: timerSeconds(),
      fallback: '20',
      about: 'Drain deadline after the delay; together below the grace period of the pod.',
    },
  },
});

export const httpConfig = section('http', httpArea, (env) => ({
  host: env.HOST,
  port: env.PORT,
  publicUrl: env.PUBLIC_URL,
  docs: env.DOCS,
  metricsPort: env.METRICS_PORT,
  trustProxy: env.TRUST_PROXY,
  corsOrigins: env.CORS_ORIGINS,
  bodyLimitBytes: env.BODY_LIMIT_BYTES,
  shutdownDelayMs: env.SHUTDOWN_DELAY_SECONDS * 1000,
  shutdownTimeoutMs: env.SHUTDOWN_TIMEOUT_SECONDS * 1000,
}));
