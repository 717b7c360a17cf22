import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Names the variable with the address of the process that has the servers which suites share. */
const OWNER = 'TEST_SHARED_SERVERS';

/** A server that runs. */
export interface Running {
  /** What its users need to know, as JSON. */
  readonly address: unknown;
  /** @throws if it had ended by itself, or could not end in order. */
  end(): Promise<unknown>;
}

/**
 * Offers servers to all suites of this run. Each starts when a suite first asks for it, as a child of this process: it
 * outlives the worker of that suite.
 * @returns what ends those that were started, and then throws if one of them could not. A second call ends nothing.
 */
export async function offerServers(
  starts: Readonly<Record<string, () => Promise<Running>>>,
): Promise<() => Promise<void>> {
  const started = new Map<string, Promise<Running>>();
  const running = (name: string) => {
    const found = started.get(name) ?? starts[name]?.();
    if (found === undefined) throw new Error(`there is no shared ${name}`);
    started.set(name, found);
    return found;
  };
  const owner = createServer((request, response) => {
    Promise.resolve((request.url ?? '').slice(1))
      .then(running)
      .then(
        ({ address }) => response.end(JSON.stringify(address)),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
  });
  await new Promise<void>((resolve) => owner.listen(0, '127.0.0.1', resolve));
  process.env[OWNER] = `http://127.0.0.1:${(owner.address() as AddressInfo).port}`;
  return async () => {
    owner.close();
    owner.closeAllConnections();
    // The suites that asked for a server that did not start have failed already.
    const ends = [...started.values()].map(async (each) => (await each.catch(() => null))?.end());
    started.clear();
    const failed = (await Promise.allSettled(ends)).find((each) => each.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  };
}

/** The address of a shared server, which is started if this suite is the first to ask. */
export async function sharedServer<Address>(name: string): Promise<Address> {
  const response = await fetch(`${process.env[OWNER]}/${name}`);
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as Address;
}
