import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';

import { Pool } from 'pg';

import { isConnectionError } from './connection-errors.js';
import { DatabaseClient } from './database-client.js';

/** A message of PostgreSQL's protocol: type, length including itself, content. */
function message(type: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(content.length + 4);
  return Buffer.concat([Buffer.from(type), length, content]);
}

const authenticationOk = message('R', Buffer.alloc(4));
const readyForQuery = message('Z', Buffer.from('I'));
const shutDown = message('E', Buffer.from('SFATAL\0C57P01\0Mterminating connection\0\0'));

describe('DatabaseClient', () => {
  let server: Server;

  beforeEach(async () => {
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () =>
        socket.end(Buffer.concat([authenticationOk, readyForQuery, shutDown])),
      );
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterEach(() => server.close());

  it('survives a server that accepts it and shuts down in the same breath', async () => {
    const { port } = server.address() as AddressInfo;
    // As TypeORM passes them, whose types know no clients with options of their own.
    const options: object = {
      connectionString: `postgresql://postgres@127.0.0.1:${port}/users`,
      Client: DatabaseClient,
    };
    const pool = new Pool(options);
    const client = await pool.connect();
    const failure: unknown = await client.query('SELECT 1').catch((error: unknown) => error);
    expect(isConnectionError(failure)).toBe(true);
    client.release();
    expect(pool.totalCount).toBe(0);
    await pool.end();
  });
});
