import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';

import type { Variable } from '../config/area.js';
import { hasCertificates } from '../config/pem.js';
import { oneOf, timerMilliseconds } from '../config/variable-primitives.js';
import { keyValues } from '../config/key-values.js';
import { receiverUrl } from '../config/urls/service-url.js';
import { UrlFault, urlSchema } from '../config/urls/url.js';

/** What is exported by OTLP, as it is written in the names of variables. */
export type Signal = 'TRACES' | 'METRICS';

const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** The text of a PEM file. By the specification these variables name a file instead of holding its text. */
function pemFile(isGood: (pem: string) => boolean, kind: string) {
  return urlSchema((path) => {
    let pem = '';
    try {
      pem = readFileSync(path, 'utf8');
    } catch {
      // Judged below.
    }
    if (!isGood(pem)) throw new UrlFault(`must be the path of a file with a ${kind} in PEM`);
    return pem;
  }, `path of a PEM file`);
}

function isPrivateKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).type === 'private';
  } catch {
    return false;
  }
}

const general = {
  ENDPOINT: {
    schema: receiverUrl,
    secret: true,
    about: 'OTLP receiver for traces and metrics; unset: nothing is exported.',
  },
  PROTOCOL: {
    schema: oneOf(['grpc', 'http/protobuf', 'http/json']),
    fallback: 'http/protobuf',
    about: 'Protocol of the receiver.',
  },
  HEADERS: {
    schema: keyValues((name) => headerName.test(name), 'comma list of `name=value`'),
    secret: true,
    about: 'Headers for the receiver; special characters as percent escapes.',
  },
  TIMEOUT: {
    schema: timerMilliseconds(1, 600_000),
    fallback: '10000',
    about: 'Longest wait for the receiver, in milliseconds.',
  },
  COMPRESSION: {
    schema: oneOf(['none', 'gzip']),
    fallback: 'none',
    about: 'How exports are compressed.',
  },
  CERTIFICATE: {
    schema: pemFile(hasCertificates, 'certificate'),
    about: 'File with the trusted authorities for the receiver.',
  },
  CLIENT_CERTIFICATE: {
    schema: pemFile(hasCertificates, 'certificate'),
    about: 'File with the certificate shown to the receiver.',
  },
  CLIENT_KEY: {
    schema: pemFile(isPrivateKey, 'private key'),
    about: 'File with the private key of that certificate.',
  },
} as const satisfies Record<string, Variable>;

type Setting = keyof typeof general;

/** `OTEL_EXPORTER_OTLP_*`: for all signals. */
export type GeneralVariables = {
  readonly [Name in Setting as `OTEL_EXPORTER_OTLP_${Name}`]: (typeof general)[Name];
};

/** `OTEL_EXPORTER_OTLP_<SIGNAL>_*`: for one signal, over those for all. */
export type SignalVariables<Of extends Signal> = {
  readonly [Name in Setting as `OTEL_EXPORTER_OTLP_${Of}_${Name}`]: Omit<
    (typeof general)[Name],
    'fallback'
  >;
};

export const generalVariables = Object.fromEntries(
  Object.entries(general).map(([name, variable]) => [`OTEL_EXPORTER_OTLP_${name}`, variable]),
) as unknown as GeneralVariables;

/** The variables of one signal. Without a value they follow those for all. */
export function signalVariables<const Of extends Signal>(signal: Of): SignalVariables<Of> {
  const of = signal.toLowerCase();
  return Object.fromEntries(
    Object.entries<Variable>(general).map(([name, { schema, secret }]) => [
      `OTEL_EXPORTER_OTLP_${signal}_${name}`,
      {
        schema,
        ...(secret === true && { secret }),
        fallbackText: name === 'ENDPOINT' ? `\`<ENDPOINT>/v1/${of}\`` : `that for all`,
        about: name === 'ENDPOINT' ? `Full URL for ${of}.` : `The same for ${of} alone.`,
      },
    ]),
  ) as unknown as SignalVariables<Of>;
}

/** Where and how a signal is exported. */
export interface Exporting {
  readonly url: string;
  readonly protocol: 'grpc' | 'http/protobuf' | 'http/json';
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly compression: 'none' | 'gzip';
  /** PEM texts. */
  readonly tls: { readonly ca?: string; readonly cert?: string; readonly key?: string };
}

/** The default endpoint of the specification. */
const DEFAULT_ENDPOINT = { grpc: 'http://localhost:4317', http: 'http://localhost:4318' };

/**
 * The export settings of a signal.
 * @param env parsed values. @param exporter what `OTEL_<SIGNAL>_EXPORTER` says, if anything.
 * @returns undefined if it is not exported, by default without an endpoint.
 */
export function exportingOf(
  env: Readonly<Record<string, unknown>>,
  signal: Signal,
  exporter: 'otlp' | 'none' | undefined,
): Exporting | undefined {
  const own = <Value>(name: Setting) =>
    env[`OTEL_EXPORTER_OTLP_${signal}_${name}`] as Value | undefined;
  const all = <Value>(name: Setting) => env[`OTEL_EXPORTER_OTLP_${name}`] as Value | undefined;
  const either = <Value>(name: Setting) => own<Value>(name) ?? all<Value>(name);
  const protocol = either<Exporting['protocol']>('PROTOCOL') ?? 'http/protobuf';
  const isGrpc = protocol === 'grpc';
  const base =
    all<string>('ENDPOINT') ??
    (exporter === 'otlp' ? DEFAULT_ENDPOINT[isGrpc ? 'grpc' : 'http'] : undefined);
  // OTLP over HTTP has a path per signal, over gRPC it has none.
  const path = isGrpc ? '' : `/v1/${signal.toLowerCase()}`;
  const url = own<string>('ENDPOINT') ?? (base && `${base.replace(/\/+$/, '')}${path}`);
  if (url === undefined || exporter === 'none') return undefined;
  const [ca, cert, key] = (['CERTIFICATE', 'CLIENT_CERTIFICATE', 'CLIENT_KEY'] as const).map(
    (name) => either<string>(name),
  );
  return {
    url,
    protocol,
    headers: { ...all<Exporting['headers']>('HEADERS'), ...own<Exporting['headers']>('HEADERS') },
    timeoutMs: either<number>('TIMEOUT') ?? 10_000,
    compression: either<Exporting['compression']>('COMPRESSION') ?? 'none',
    tls: { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) },
  };
}
