import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { agentWithDeadline } from './otlp-agent.js';

describe('agentWithDeadline', () => {
  let server: Server;
  let url: string;

  beforeEach(async () => {
    server = createServer((asked, answer) => {
      answer.writeHead(200);
      if (asked.url === '/whole') {
        answer.end('all of it');
        return;
      }
      const dribble = setInterval(() => answer.write('.'), 5);
      answer.on('close', () => clearInterval(dribble));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  async function send(path: string, timeoutMs: number): Promise<string> {
    const agent = await agentWithDeadline(timeoutMs, {})('http:');
    return new Promise((resolve, reject) => {
      request(`${url}${path}`, { agent }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part: string) => (text += part));
        answer.on('end', () => resolve(text));
        answer.on('error', reject);
      })
        .on('error', reject)
        .end();
    });
  }

  it('ends an endless answer, even while bytes arrive', async () => {
    await expect(send('/dribble', 50)).rejects.toThrow(/no whole answer within 50 ms|aborted/);
  });

  it('keeps an answer that completes in time', async () => {
    await expect(send('/whole', 10_000)).resolves.toBe('all of it');
  });
});
