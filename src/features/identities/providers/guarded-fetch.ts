import type { CustomFetch } from 'openid-client';

import type { DependencyPolicy } from '../../../platform/resilience/dependency-policy.js';

/** Documents of providers have a few kB. */
const LARGEST_ANSWER = 1_048_576;

/** A provider did not answer, or our own policy did not ask it. */
export class ProviderAway extends Error {
  override readonly name = 'ProviderAway';
}

/**
 * Calls of a provider under its policy, the body included. No span and no trace header: bodies and
 * headers hold secrets, and the trace is none of the provider's business.
 */
export function guardedFetch(call: DependencyPolicy): CustomFetch {
  return async (url, { signal: outer, ...options }) => {
    try {
      return await call((signal) =>
        wholeAnswer(url, {
          ...options,
          signal: AbortSignal.any(outer ? [outer, signal] : [signal]),
        }),
      );
    } catch (cause) {
      throw new ProviderAway('the identity provider is away', { cause });
    }
  };
}

async function wholeAnswer(url: string, options: RequestInit): Promise<Response> {
  const response = await fetch(url, options);
  const { status, headers } = response;
  const body = await bytesOf(response);
  if (status >= 500 || status === 429) throw new Error(`the provider answered ${status}`);
  return new Response(body.length === 0 ? null : body, { status, headers });
}

async function bytesOf({ body }: Response): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > LARGEST_ANSWER) throw new Error('the answer of the provider is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
