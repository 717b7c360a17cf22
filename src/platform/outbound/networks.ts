import { BlockList, isIP } from 'node:net';

import { list } from '../config/variable-primitives.js';

/** Networks in CIDR notation, or single addresses. */
export const networkList = list()
  .refine((elements) => elements.every(isNetwork), {
    error: 'must be a comma list of networks such as 10.0.0.0/8',
  })
  .describe('comma list of networks (CIDR)');

function isNetwork(element: string): boolean {
  const [address = '', prefix] = element.split('/');
  const family = isIP(address);
  if (family === 0 || element.includes('%')) return false;
  if (prefix === undefined) return true;
  if (!/^\d{1,3}$/.test(prefix)) return false;
  try {
    new BlockList().addSubnet(address, Number(prefix), family === 4 ? 'ipv4' : 'ipv6');
    return true;
  } catch {
    return false;
  }
}
