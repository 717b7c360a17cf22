import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { HttpMailTransport } from '../../src/platform/mail/transports/http-mail-transport.js';
import {
  isMailFault,
  MailDeferred,
  MailPostponed,
  MailRefused,
  MailServiceFailed,
} from '../../src/platform/mail/messages/mail.errors.js';
import type { Mail, MailTransport } from '../../src/platform/mail/messages/mail.js';
import { MailRenderer } from '../../src/platform/mail/templates/mail-renderer.js';
import { MailTemplates } from '../../src/platform/mail/templates/mail-templates.js';
import { SmtpMailTransport } from '../../src/platform/mail/transports/smtp-mail-transport.js';
import { emailPolicy } from '../../src/platform/resilience/dependency-policies.js';
import { CallTimedOut } from '../../src/platform/resilience/time-limit.js';
import { makeCertificate } from '../support/certificate.js';
import { DRIBBLE, type SmtpServer, startSmtpServer } from '../support/smtp-server.js';
import { waitFor } from '../support/wait-for.js';

const FOREVER_MS = 60_000;
const DEADLINE_MS = 300;

const mail: Mail = {
  to: 'ada@example.com',
  template: 'welcome',
  variables: { token: 'token', locale: 'en' },
  idempotencyKey: 'job-1',
};

const BRANDING = {
  name: 'Example & Co',
  color: '#1f5fbf',
  textColor: '#ffffff',
  logo: undefined,
  defaultLocale: 'fr-CA',
};

const bySmtp = (url: string) =>
  new SmtpMailTransport(
    url,
    'no-reply@app.example',
    new MailRenderer({ base: 'https://app.example' }, BRANDING, new MailTemplates(undefined)),
    undefined,
    FOREVER_MS,
  );

/** What became of one attempt: an error, or `sent`. */
async function attempt(transport: MailTransport, signal = AbortSignal.timeout(FOREVER_MS)) {
  return transport.send(mail, signal).then(
    () => 'sent',
    (error: unknown) => error as Error,
  );
}

/** The same under the policy of mail, with a deadline. */
async function attemptInTime(transport: MailTransport): Promise<unknown> {
  const policy = emailPolicy(
    {
      timeoutMs: DEADLINE_MS,
      inSlot: (call) => call(),
      logger: { debug: () => undefined },
      outage: { failed: () => undefined, succeeded: () => undefined },
    },
    () => true,
  );
  return policy((signal) => transport.send(mail, signal)).then(
    () => 'sent',
    (error: unknown) => error,
  );
}

describe('mail by SMTP', () => {
  let smtp: SmtpServer;
  let transport: SmtpMailTransport;

  beforeEach(async () => {
    smtp = await startSmtpServer();
    transport = bySmtp(smtp.url);
  });

  afterEach(async () => {
    transport.close();
    await smtp.stop();
  });

  it.each([
    ['RCPT', '550 5.1.1 no such user', MailRefused],
    ['RCPT', '552 full', MailRefused],
    ['RCPT', '450 greylisted', MailDeferred],
    ['RCPT', '421 4.7.28 too many for this recipient', MailDeferred],
    ['RCPT', '503 5.5.1 MAIL first', MailServiceFailed],
    ['DATA', '554 no', MailRefused],
    ['DATA', '451 not now', MailDeferred],
    ['.', '554 5.7.1 looks like spam', MailRefused],
    ['.', '452 no space', MailDeferred],
    ['CONNECT', '554 go away', MailServiceFailed],
    ['CONNECT', '421 busy', MailServiceFailed],
    ['CONNECT', 'SSH-2.0-OpenSSH_9.2', MailServiceFailed],
    ['MAIL', '550 5.7.1 this sender may not', MailServiceFailed],
    ['MAIL', '451 not now', MailServiceFailed],
  ])('takes what is said to %s, %s, as %p', async (verb, said, kind) => {
    smtp.answer((line) => (line.startsWith(verb) ? said : undefined));
    const error = await attempt(transport);
    expect(error).toBeInstanceOf(kind);
    expect(isMailFault(error)).toBe(kind !== MailServiceFailed);
    expect((error as Error).message).not.toContain('ada');
  });

  it('counts a failed authentication as a failure of the service', async () => {
    const { host } = new URL(smtp.url);
    transport.close();
    transport = bySmtp(`smtp://user:word@${host}`);
    smtp.answer((line) => {
      if (line.startsWith('EHLO')) return '250-loopback\r\n250 AUTH PLAIN';
      return line.startsWith('AUTH') ? '535 5.7.8 wrong' : undefined;
    });
    expect(await attempt(transport)).toBeInstanceOf(MailServiceFailed);
  });

  it('counts an unreachable server as a failure of the service', async () => {
    await smtp.stop();
    expect(await attempt(transport)).toBeInstanceOf(MailServiceFailed);
  });

  it.each(['CONNECT', 'EHLO', 'MAIL', 'RCPT', 'DATA', '.'])(
    'is given up in time, connection and all, when the answer to %s never ends',
    async (verb) => {
      smtp.answer((line) => (line.startsWith(verb) ? DRIBBLE : undefined));
      expect(await attemptInTime(transport)).toBeInstanceOf(CallTimedOut);
      await waitFor('the connection to be closed', () => smtp.connections() === 0);
      smtp.answer(() => undefined);
      expect(await attempt(transport)).toBe('sent');
    },
  );

  it('is up while the server greets, however slowly', async () => {
    expect(await transport.isUp(AbortSignal.timeout(FOREVER_MS))).toBe(true);
    smtp.answer(() => DRIBBLE);
    expect(await transport.isUp(AbortSignal.timeout(FOREVER_MS))).toBe(true);
    smtp.answer(() => '421 busy');
    expect(await transport.isUp(AbortSignal.timeout(FOREVER_MS))).toBe(false);
    await smtp.stop();
    expect(await transport.isUp(AbortSignal.timeout(FOREVER_MS))).toBe(false);
  });
});

describe('mail by SMTP over TLS', () => {
  const certificate = makeCertificate();
  let smtp: SmtpServer;

  beforeAll(async () => {
    smtp = await startSmtpServer(certificate);
  });

  afterAll(() => smtp.stop());

  // The test process trusts no more than the system does, and its own certificate is not among it.
  it('is sent and probed with TLS by the scheme, whatever the port', async () => {
    const transport = bySmtp(`${smtp.url}?tls.rejectUnauthorized=false`);
    expect(await transport.isUp(AbortSignal.timeout(FOREVER_MS))).toBe(true);
    expect(await attempt(transport)).toBe('sent');
    transport.close();
  });

  it('is down when the certificate is not trusted, as for mails', async () => {
    const transport = bySmtp(smtp.url);
    expect(await transport.isUp(AbortSignal.timeout(FOREVER_MS))).toBe(false);
    expect(await attempt(transport)).toBeInstanceOf(MailServiceFailed);
    transport.close();
  });

  it('is down when the scheme asks for a connection without TLS', async () => {
    const transport = bySmtp(smtp.url.replace('smtps:', 'smtp:'));
    expect(await transport.isUp(AbortSignal.timeout(DEADLINE_MS))).toBe(false);
    transport.close();
  });
});

describe('mail by HTTP', () => {
  let server: Server;
  let answer: (response: ServerResponse) => void;
  let transport: HttpMailTransport;

  beforeAll(async () => {
    server = createServer((request, response) => {
      request.resume().on('end', () => answer(response));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    transport = new HttpMailTransport(`http://127.0.0.1:${port}`, undefined);
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it.each([
    ...[400, 404, 422].map((status) => [status, 'MailRefused'] as const),
    ...[402, 409, 413, 429, 451].map((status) => [status, 'MailDeferred'] as const),
    ...[401, 403, 500, 502, 503].map((status) => [status, 'MailServiceFailed'] as const),
    // `fetch` does not follow: a token would go where nobody meant it to.
    [302, 'TypeError'] as const,
  ])('treats %i as %s', async (status, name) => {
    answer = (response) => response.writeHead(status, { location: '/' }).end();
    const error = await attempt(transport);
    expect(error).toMatchObject({ name });
    expect(isMailFault(error)).toBe(['MailRefused', 'MailDeferred'].includes(name));
  });

  it('waits as long as the Retry-After of a 429 asks', async () => {
    answer = (response) => response.writeHead(429, { 'retry-after': '7' }).end();
    const error = await attempt(transport);
    expect(error).toBeInstanceOf(MailPostponed);
    expect(error).toMatchObject({ delayMs: 7000 });
    expect(isMailFault(error)).toBe(true);
  });

  it('is given up in time when the response headers never end', async () => {
    answer = ({ socket }) => {
      socket?.write('HTTP/1.1 202 Accepted\r\n');
      const dribbling = setInterval(() => socket?.write('x-wait: 1\r\n'), 50);
      socket?.once('close', () => clearInterval(dribbling));
    };
    expect(await attemptInTime(transport)).toBeInstanceOf(CallTimedOut);
  });

  it('counts as sent when the response body never ends', async () => {
    answer = (response) => {
      response.writeHead(202);
      const dribbling = setInterval(() => response.write('x'), 50);
      response.once('close', () => clearInterval(dribbling));
    };
    expect(await attemptInTime(transport)).toBe('sent');
  });
});
