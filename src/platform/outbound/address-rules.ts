import { isIP } from 'node:net';

import ipaddr from 'ipaddr.js';

import { GLOBAL_IPV6, NAT64, SPECIAL_IPV4, SPECIAL_IPV6 } from './special-networks.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = [Address, number];

const globalIpv6 = ipaddr.parseCIDR(GLOBAL_IPV6);
const special = [...SPECIAL_IPV4, ...SPECIAL_IPV6].map((network) => ipaddr.parseCIDR(network));
const nat64 = ipaddr.parseCIDR(NAT64);

/** Which addresses calls to URLs from outside may reach: globally reachable ones, and allowed networks. */
export class AddressRules {
  private readonly allowed: readonly Network[];

  /** @param allowed networks in CIDR notation, or single addresses. */
  constructor(allowed: readonly string[]) {
    this.allowed = allowed.map(networkOf);
  }

  /** @param text an IP address as `net.isIP` takes it; everything else is refused. */
  permits(text: string): boolean {
    if (isIP(text) === 0) return false;
    const address = reachedBy(ipaddr.parse(text));
    return this.allowed.some((network) => within(address, network)) || isGlobal(address);
  }
}

function networkOf(text: string): Network {
  if (text.includes('/')) return ipaddr.parseCIDR(text);
  const address = ipaddr.parse(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/** The IPv4 address where one is mapped into IPv6 or reached through NAT64, otherwise the address itself. */
function reachedBy(address: Address): Address {
  if (!(address instanceof ipaddr.IPv6)) return address;
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  if (!within(address, nat64)) return address;
  return ipaddr.fromByteArray(address.toByteArray().slice(-4));
}

function isGlobal(address: Address): boolean {
  if (address.kind() === 'ipv6' && !within(address, globalIpv6)) return false;
  return !special.some((network) => within(address, network));
}

function within(address: Address, [network, prefix]: Network): boolean {
  return address.kind() === network.kind() && address.match(network, prefix);
}
