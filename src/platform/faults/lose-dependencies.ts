import type { Dependency, FaultRegistry } from './fault-registry.js';

/** The error of a connection without a server. */
function refused(dependency: Dependency): Error {
  return Object.assign(new Error(`connect ECONNREFUSED (fault switch: ${dependency})`), {
    code: 'ECONNREFUSED',
  });
}

type Method = (...parameters: unknown[]) => unknown;

/**
 * Makes a method fail while its dependency is lost, through its callback if given, otherwise
 * through its promise.
 * @param way an object or a prototype. @param toError wraps the error of a refused connection.
 */
export function failCalls(
  registry: FaultRegistry,
  dependency: Dependency,
  way: object,
  name: string,
  toError: (refusal: Error) => Error = (refusal) => refusal,
): void {
  const call = (way as Record<string, Method>)[name];
  if (!call) throw new Error(`${dependency} has no ${name}`);
  const losing: Method = function losing(this: unknown, ...parameters) {
    if (!registry.loses(dependency)) return call.apply(this, parameters);
    const error = toError(refused(dependency));
    const last = parameters.at(-1);
    if (typeof last !== 'function') return Promise.reject(error);
    process.nextTick(last, error);
    return undefined;
  };
  Object.assign(way, { [name]: losing });
}

/** Makes `fetch` calls to an address and its subpaths fail while their dependency is lost. */
export function failFetch(registry: FaultRegistry, dependency: Dependency, address: string): void {
  const base = new URL(address);
  const below = `${base.pathname.replace(/\/+$/, '')}/`;
  const { fetch } = globalThis;
  globalThis.fetch = async (input, init) => {
    const { origin, pathname } = new URL(input instanceof Request ? input.url : input);
    if (origin === base.origin && `${pathname}/`.startsWith(below) && registry.loses(dependency))
      throw new TypeError('fetch failed', { cause: refused(dependency) });
    return fetch(input, init);
  };
}
