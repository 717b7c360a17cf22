import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

import { codeOf } from '../common/errors.js';
import { AddressRules } from './address-rules.js';
import { guardedAgents } from './guarded-agents.js';
import { type NameLookup, systemLookup } from './name-lookup.js';

/** Bytes of an answer that are read; the connection ends where there are more. */
const MOST_READ = 65_536;

/** What is sent. */
export interface GuardedCall {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Ends the call wherever it is. */
  readonly signal: AbortSignal;
}

/** What came back: redirects too, which are not followed. */
export interface GuardedAnswer {
  readonly status: number;
  /** At most 64 KiB. */
  readonly body: Buffer;
  /** The header `Retry-After`. */
  readonly retryAfter: string | null;
}

/**
 * HTTP calls to URLs that others chose. They reach only addresses that the rules permit, checked at each connection.
 * They need no proxy, follow no redirects, and read a bounded part of the answer.
 */
export class GuardedHttp {
  private readonly agents;

  /** @param allowedNetworks reachable beside the global ones, in CIDR notation. */
  constructor(allowedNetworks: readonly string[], lookup: NameLookup = systemLookup()) {
    this.agents = guardedAgents(new AddressRules(allowedNetworks), lookup);
  }

  /** @throws AddressRefused, and the errors of Node: of names, connections, TLS and the signal. */
  async post(url: URL, call: GuardedCall): Promise<GuardedAnswer> {
    for (;;) {
      try {
        return await this.attempt(url, call);
      } catch (error) {
        if (!(error instanceof KeptConnectionClosed)) throw error;
      }
    }
  }

  /** Closes kept connections. */
  close(): void {
    this.agents.http.destroy();
    this.agents.https.destroy();
  }

  private async attempt(url: URL, { headers, body, signal }: GuardedCall): Promise<GuardedAnswer> {
    const secure = url.protocol === 'https:';
    const send = secure ? requestHttps : requestHttp;
    const agent = secure ? this.agents.https : this.agents.http;
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = send(url, {
        method: 'POST',
        agent,
        signal,
        headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      });
      request.on('response', resolve);
      request.on('error', (error) => {
        const kept = request.reusedSocket && codeOf(error) === 'ECONNRESET';
        reject(kept ? new KeptConnectionClosed('closed', { cause: error }) : error);
      });
      // Answers without a response, such as a switch of protocols.
      request.on('close', () => reject(new Error('the connection ended without an answer')));
      request.end(body);
    });
    return {
      status: answer.statusCode ?? 0,
      body: await readStart(answer),
      retryAfter: answer.headers['retry-after'] ?? null,
    };
  }
}

/** A receiver may close a kept connection just when it is used again. The next attempt uses another one. */
class KeptConnectionClosed extends Error {
  override readonly name = 'KeptConnectionClosed';
}

/** The first 64 KiB of an answer. Leaving the loop ends the connection. */
async function readStart(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MOST_READ) break;
  }
  return Buffer.concat(chunks).subarray(0, MOST_READ);
}
