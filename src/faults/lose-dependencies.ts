import type { Dependency, FaultRegistry } from './fault-registry.js';

/** The error of a connection that nobody answers. */
function refused(dependency: Dependency): Error {
  return Object.assign(new Error(`connect ECONNREFUSED (fault switch: ${dependency})`), {
    code: 'ECONNREFUSED',
  });
}

/** Where a dependency is reached: an object and its methods that return promises. */
type Way = Record<string, (...parameters: unknown[]) => Promise<unknown>>;

/** Makes methods fail while their dependency is lost. */
export function loseCalls(
  registry: FaultRegistry,
  dependency: Dependency,
  way: object,
  methods: readonly string[],
): void {
  for (const name of methods) {
    const call = (way as Way)[name]?.bind(way);
    if (!call) throw new Error(`${dependency} has no ${name}`);
    (way as Way)[name] = async (...parameters) => {
      if (registry.loses(dependency)) throw refused(dependency);
      return call(...parameters);
    };
  }
}

/** Makes calls by `fetch` below an address fail while their dependency is lost. */
export function loseFetch(
  registry: FaultRegistry,
  dependency: Dependency,
  base: string | undefined,
): void {
  if (base?.startsWith('http') !== true) return;
  const { fetch } = globalThis;
  globalThis.fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (url.startsWith(base) && registry.loses(dependency))
      throw new TypeError('fetch failed', { cause: refused(dependency) });
    return fetch(input, init);
  };
}
