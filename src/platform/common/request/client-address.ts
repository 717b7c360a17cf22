import { isIP } from 'node:net';

const IPV4_MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * A client's address in one form: IPv4 also where the socket is IPv6 (`::ffff:192.0.2.1`), without
 * a zone. A forwarded value may be invalid, since `TRUST_PROXY=true` trusts the client: then the
 * peer's address counts.
 */
export function clientAddress(claimed: string, peer: string | undefined): string {
  return plainAddress(claimed) ?? plainAddress(peer ?? '') ?? '::';
}

/**
 * The source for limits: an IPv4 address, or the /64 of an IPv6 address, the smallest network of
 * one client (RFC 6177).
 */
export function sourceOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const before = groups(head);
  const after = groups(tail ?? '');
  const missing = tail === undefined ? 0 : 8 - before.length - after.length;
  const all = [...before, ...Array.from({ length: missing }, () => '0'), ...after];
  const prefix = all.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${prefix.join(':')}::/64`;
}

function plainAddress(text: string): string | undefined {
  const address = IPV4_MAPPED.exec(text)?.[1] ?? text.replace(/%.*$/, '');
  return isIP(address) === 0 ? undefined : address;
}

/** An embedded IPv4 address stands for two groups; its digits lie behind the /64. */
function groups(part: string): string[] {
  return part === ''
    ? []
    : part.split(':').flatMap((group) => (group.includes('.') ? ['0', '0'] : group));
}
