/**
 * IPv4 networks that are not globally reachable: IANA's registry of special-purpose addresses (RFC 6890,
 * https://www.iana.org/assignments/iana-ipv4-special-registry), multicast (RFC 5771), and the metadata service of
 * Azure, which has a public address. Other clouds have theirs in the link-local, private and shared networks.
 */
export const SPECIAL_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '168.63.129.16/32',
] as const;

/** All unicast addresses that IANA assigns (RFC 4291 §2.4); what lies outside is refused. */
export const GLOBAL_IPV6 = '2000::/3';

/**
 * What is not globally reachable within it: https://www.iana.org/assignments/iana-ipv6-special-registry. Teredo is
 * part of the first. 6to4 (third) is deprecated, and may lead to any IPv4 address.
 */
export const SPECIAL_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'] as const;

/** The prefix of NAT64 (RFC 6052 §2.1): its last 32 bits are the IPv4 address that is reached. */
export const NAT64 = '64:ff9b::/96';
