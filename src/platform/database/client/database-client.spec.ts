import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';

import { Pool } from 'pg';

import { isConnectionError } from '../errors/connection-errors.js';
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

/** As the server says it when somebody cancels a commit that waits for a standby, whatever its language. */
const cutShort = Buffer.concat([
  message('N', Buffer.from('SWARNUNG\0C01000\0Mstorniere das Warten\0RSyncRepWaitForLSN\0\0')),
  message('C', Buffer.from('COMMIT\0')),
  readyForQuery,
]);

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

  it('reports no commit that a synchronous standby has not confirmed', async () => {
    server.removeAllListeners('connection').on('connection', (socket) => {
      socket.once('data', () => {
        socket.write(Buffer.concat([authenticationOk, readyForQuery]));
        socket.once('data', () => socket.write(cutShort));
      });
    });
    const { port } = server.address() as AddressInfo;
    const client = new DatabaseClient({
      connectionString: `postgresql://postgres@127.0.0.1:${port}/users?sslmode=disable`,
    });
    await client.connect();
    const outcome: unknown = await client.query('COMMIT').catch((error: unknown) => error);
    expect(isConnectionError(outcome)).toBe(true);
    await client.end();
  });

  it('survives a server that accepts it and shuts down at once', async () => {
    await expectDropped();
  });

  it.each([
    ['by an administrator', 'E', 'SFATAL\0C57P01\0'],
    ['by a server that speaks Russian', 'E', 'SВАЖНО\0C57P01\0'],
    ['by a time limit on idle transactions', 'E', 'SВАЖНО\0C25P03\0'],
    ['by a pooler that lost its server', 'E', 'SFATAL\0C08P01\0'],
    ['by a server that panics', 'E', 'SPANIC\0C58030\0'],
    ['by a server that stops at once', 'N', 'SWARNING\0C57P02\0'],
  ])('is not used again when its session was ended %s', async (_, type, end) => {
    await expectDroppedAfter(type, end);
  });

  it('is not used again on a server that refuses to write', async () => {
    await expectDroppedAfter('E', 'SERROR\0C25006\0');
  });

  /** The server answers a statement with a message, and leaves the socket open. */
  async function expectDroppedAfter(type: string, fields: string): Promise<void> {
    const said = Buffer.concat([
      message(type, Buffer.from(`${fields}Mthe end\0\0`)),
      // A notice alone is no answer.
      ...(type === 'N' ? [message('E', Buffer.from('SERROR\0C57014\0Mcanceled\0\0'))] : []),
      readyForQuery,
    ]);
    server.removeAllListeners('connection').on('connection', (socket) => {
      socket.once('data', () => {
        socket.write(Buffer.concat([authenticationOk, readyForQuery]));
        socket.once('data', () => socket.write(said));
      });
      socket.on('end', () => socket.end());
    });
    await expectDropped();
  }

  /** One statement fails, and its connection leaves the pool. */
  async function expectDropped(): Promise<void> {
    const { port } = server.address() as AddressInfo;
    // As TypeORM passes them, whose types know no clients with options of their own.
    const options: object = {
      connectionString: `postgresql://postgres@127.0.0.1:${port}/users?sslmode=disable`,
      Client: DatabaseClient,
    };
    const pool = new Pool(options);
    const client = await pool.connect();
    const failure: unknown = await client.query('SELECT 1').catch((error: unknown) => error);
    expect(isConnectionError(failure)).toBe(true);
    client.release();
    expect(pool.totalCount).toBe(0);
    await pool.end();
  }
});
