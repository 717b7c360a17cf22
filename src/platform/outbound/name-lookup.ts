import { Resolver } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';

/** An address of a name, as `net.connect` takes it. */
export interface NamedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Finds all addresses of a name. @throws Error if it has none. */
export type NameLookup = (name: string) => Promise<NamedAddress[]>;

/** Milliseconds that a DNS server has, and how often it is asked: within the time limits of calls. */
const RESOLVER = { timeout: 2000, tries: 2 };
const HOSTS = '/etc/hosts';

/**
 * Names of `/etc/hosts`, then DNS. `dns.lookup` is not used: it waits in one of the four threads that Node has for
 * files as well, so that four names with a silent DNS server would stop the process.
 * @param servers of DNS, `address:port`; those of the system by default.
 */
export function systemLookup(servers?: readonly string[]): NameLookup {
  const resolver = new Resolver(RESOLVER);
  if (servers) resolver.setServers(servers);
  return async (name) => {
    const listed = await addressesInHosts(name);
    return listed.length > 0 ? listed : askDns(resolver, name);
  };
}

async function askDns(resolver: Resolver, name: string): Promise<NamedAddress[]> {
  const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  if (found.length > 0) return found.map(namedAddress);
  throw answers.find((answer) => answer.status === 'rejected')?.reason;
}

async function addressesInHosts(name: string): Promise<NamedAddress[]> {
  const text = await readFile(HOSTS, 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    return isIP(address) > 0 && names.includes(name) ? [namedAddress(address)] : [];
  });
}

function namedAddress(address: string): NamedAddress {
  return { address, family: isIP(address) === 4 ? 4 : 6 };
}
