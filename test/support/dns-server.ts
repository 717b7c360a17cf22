import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv4 } from 'node:net';

/** Record types of DNS (RFC 1035 §3.2.2, RFC 3596). */
const TYPES: Readonly<Record<number, 4 | 6>> = { 1: 4, 28: 6 };

export interface DnsServer {
  /** `address:port`, as `Resolver.setServers` takes it. */
  readonly address: string;
  close(): void;
}

/**
 * A DNS server on loopback. Its answers have a lifetime of 0 seconds.
 * @param addressesOf the addresses of a name at a query, or `silence` for no answer at all.
 */
export async function dnsServer(
  addressesOf: (name: string, query: number) => readonly string[] | 'silence',
): Promise<DnsServer> {
  const socket = createSocket('udp4');
  const asked = new Map<string, number>();
  socket.on('message', (query, { address, port }) => {
    const { name, type, question } = questionOf(query);
    const family = TYPES[type];
    const count = (asked.get(`${name} ${type}`) ?? 0) + 1;
    asked.set(`${name} ${type}`, count);
    const found = addressesOf(name, count);
    if (found === 'silence') return;
    const records = found.filter((each) => isIPv4(each) === (family === 4)).map(recordOf);
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2);
    header.writeUInt16BE(0x8580, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(records.length, 6);
    socket.send(Buffer.concat([header, question, ...records]), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { address: `127.0.0.1:${socket.address().port}`, close: () => socket.close() };
}

function questionOf(query: Buffer): { name: string; type: number; question: Buffer } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  const question = query.subarray(12, at + 5);
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), question };
}

/** A resource record whose name is that of the question. */
function recordOf(address: string): Buffer {
  const data = isIPv4(address)
    ? Buffer.from(address.split('.').map(Number))
    : Buffer.from(address.replaceAll(':', ''), 'hex');
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(isIPv4(address) ? 1 : 28, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}
