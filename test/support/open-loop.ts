import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

const TICK_MS = 5;

/** One request of a load. */
export interface LoadRequest {
  /** What kind it is, to count by. */
  readonly kind: string;
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** The body follows the head after this time, as from a slow client. */
  readonly bodyAfterMs?: number;
  /** On a connection that is kept, or on one of its own. */
  readonly keepAlive?: boolean;
}

/** What became of a request. */
export interface Outcome {
  readonly request: LoadRequest;
  /** Milliseconds since the start of the load at which it was due. */
  readonly at: number;
  /** From then on to the end of the answer: a late start counts. */
  readonly ms: number;
  /** Nothing when there was no answer; then the code of the error. */
  readonly status: number | undefined;
  readonly error?: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A load at a constant arrival rate, whatever the answers do (open loop). */
export interface OpenLoop {
  /** All outcomes so far, in the order in which they came. */
  readonly outcomes: readonly Outcome[];
  /** How many have no answer yet. */
  readonly inFlight: () => number;
  /** Sends no more. @returns all outcomes, once every request has one. */
  stop(): Promise<readonly Outcome[]>;
}

/**
 * Starts a load.
 * @param next the n-th request, counted from 0.
 * @param timeoutMs a request without an answer by then failed.
 */
export function startOpenLoop(
  url: string,
  {
    rate,
    next,
    timeoutMs = 30_000,
  }: {
    rate: number;
    next: (n: number) => LoadRequest;
    timeoutMs?: number;
  },
): OpenLoop {
  const kept = new Agent({ keepAlive: true, maxSockets: Infinity });
  const started = performance.now();
  const outcomes: Outcome[] = [];
  const pending: Promise<void>[] = [];
  let sent = 0;
  const note = async (load: LoadRequest, at: number) => {
    const answer = await send(url, load, kept, timeoutMs);
    outcomes.push({ request: load, at, ms: performance.now() - started - at, ...answer });
  };
  const sendDue = () => {
    const now = performance.now() - started;
    for (; (sent * 1000) / rate <= now; sent += 1) {
      const at = (sent * 1000) / rate;
      const load = next(sent);
      pending.push(note(load, at));
    }
  };
  const timer = setInterval(sendDue, TICK_MS);
  return {
    outcomes,
    inFlight: () => sent - outcomes.length,
    stop: async () => {
      clearInterval(timer);
      await Promise.all(pending);
      kept.destroy();
      return outcomes;
    },
  };
}

async function send(
  url: string,
  { method = 'GET', path, headers, body, bodyAfterMs, keepAlive = true }: LoadRequest,
  kept: Agent,
  timeoutMs: number,
): Promise<Pick<Outcome, 'status' | 'error' | 'headers' | 'text'>> {
  const text = body && JSON.stringify(body);
  return new Promise((resolve) => {
    const outgoing = request(`${url}${path}`, {
      method,
      agent: keepAlive ? kept : false,
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        ...headers,
        ...(text !== undefined && {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
        }),
      },
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) =>
      resolve({ status: undefined, error: error.code ?? error.message, headers: {}, text: '' }),
    );
    outgoing.on('response', (response) => {
      let received = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (received += chunk));
      response.on('error', (error) =>
        resolve({ status: undefined, error: error.message, headers: {}, text: '' }),
      );
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, text: received }),
      );
    });
    if (bodyAfterMs === undefined) outgoing.end(text);
    else {
      outgoing.flushHeaders();
      void delay(bodyAfterMs).then(() => outgoing.end(text));
    }
  });
}

/** The value below which a share of the values lies, by nearest rank; 0 of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

/** How often each status or error occurred, for people: `200: 41, ECONNRESET: 1`. */
export function tally(outcomes: readonly Outcome[]): string {
  const counts = Map.groupBy(outcomes, ({ status, error }) => String(status ?? error));
  return [...counts].map(([what, { length }]) => `${what}: ${length}`).join(', ');
}
