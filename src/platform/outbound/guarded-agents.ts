import { Agent as HttpAgent, type AgentOptions, type ClientRequestArgs } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Duplex } from 'node:stream';
import { callbackify } from 'node:util';

import type { AddressRules } from './address-rules.js';
import type { NameLookup, NamedAddress } from './name-lookup.js';

type OnCreate = (error: Error | null, stream: Duplex) => void;

/** A call would have reached an address that the rules refuse. It was not connected to. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';

  constructor() {
    super('the address is not globally reachable, nor in an allowed network');
  }
}

/** Idle connections are kept for a short time, so that receivers that share an address do not hold sockets. */
const KEPT: AgentOptions = { keepAlive: true, maxFreeSockets: 64, timeout: 15_000 };

/**
 * Agents that check the address when they connect, and connect to the checked one: a name that resolves to another
 * address later gains nothing. `connect` skips the look-up for literal addresses, so those are checked before.
 */
export function guardedAgents(rules: AddressRules, lookup: NameLookup) {
  const guarded = (options: ClientRequestArgs): ClientRequestArgs => {
    const host = options.host ?? options.hostname ?? '';
    if (isIP(host) > 0 && !rules.permits(host)) throw new AddressRefused();
    return { ...options, lookup: checkedLookup(rules, lookup) };
  };

  class GuardedHttpAgent extends HttpAgent {
    override createConnection(options: ClientRequestArgs, onCreate?: OnCreate) {
      return super.createConnection(guarded(options), onCreate);
    }
  }

  class GuardedHttpsAgent extends HttpsAgent {
    override createConnection(options: ClientRequestArgs, onCreate?: OnCreate) {
      return super.createConnection(guarded(options), onCreate);
    }
  }

  return { http: new GuardedHttpAgent(KEPT), https: new GuardedHttpsAgent(KEPT) };
}

/** Refuses a name if any of its addresses is refused: which one is connected to depends on the network. */
function checkedLookup(rules: AddressRules, lookup: NameLookup): LookupFunction {
  const checked = async (name: string): Promise<NamedAddress[]> => {
    const addresses = await lookup(name);
    if (addresses.every(({ address }) => rules.permits(address))) return addresses;
    throw new AddressRefused();
  };
  const one = callbackify(async (name: string) => (await checked(name))[0]);
  const every = callbackify(checked);
  return (name, { all }, callback) =>
    all === true
      ? every(name, callback)
      : one(name, (error, found) => callback(error, found?.address ?? '', found?.family));
}
