import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A mail as it came over SMTP. */
export interface SmtpMail {
  readonly from: string;
  readonly to: string;
  /** Header fields by lower-case name, unfolded. */
  readonly headers: ReadonlyMap<string, string>;
  /** The body, with quoted-printable undone. */
  readonly text: string;
}

/** A real, small SMTP server on loopback (RFC 5321, what nodemailer needs of it). */
export interface SmtpServer {
  readonly url: string;
  readonly mails: readonly SmtpMail[];
  /** Refuses so many of the coming mails with a temporary failure. */
  refuse(count: number): void;
  stop(): Promise<void>;
}

export async function startSmtpServer(): Promise<SmtpServer> {
  const mails: SmtpMail[] = [];
  const sockets = new Set<Socket>();
  let refusals = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    const envelope = { from: '', to: '' };
    let data: string[] | undefined;
    let rest = '';
    const answer = (line: string) => socket.write(`${line}\r\n`);
    answer('220 loopback ESMTP');
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (data === undefined) command(line);
        else if (line === '.') {
          mails.push(parse(envelope, data));
          data = undefined;
          answer('250 taken');
        } else data.push(line.replace(/^\./, ''));
      }
    });
    const command = (line: string) => {
      const [verb = '', address = ''] = /^(\w+)[^<]*<?([^>]*)/.exec(line)?.slice(1) ?? [];
      if (/^MAIL$/i.test(verb)) envelope.from = address;
      if (/^RCPT$/i.test(verb)) {
        if (refusals > 0) {
          refusals -= 1;
          answer(`451 not now, ${address}`);
          return;
        }
        envelope.to = address;
      }
      if (/^DATA$/i.test(verb)) {
        data = [];
        answer('354 go on');
      } else if (/^QUIT$/i.test(verb)) socket.end('221 bye\r\n');
      else answer('250 ok');
    };
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mails,
    refuse: (count) => {
      refusals = count;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function parse({ from, to }: { from: string; to: string }, lines: readonly string[]): SmtpMail {
  const message = lines.join('\r\n');
  const end = message.indexOf('\r\n\r\n');
  const fields = message
    .slice(0, end)
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .map((field) => /^([^:]+):\s*(.*)$/.exec(field)?.slice(1) ?? []);
  const headers = new Map(fields.map(([name = '', value = '']) => [name.toLowerCase(), value]));
  const body = message.slice(end + 4);
  const encoded = headers.get('content-transfer-encoding') === 'quoted-printable';
  return { from, to, headers, text: encoded ? quotedPrintable(body) : body };
}

function quotedPrintable(text: string): string {
  const bytes = text
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
