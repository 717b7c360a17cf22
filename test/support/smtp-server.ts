import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

import type { Certificate } from './certificate.js';
import { type MimePart, parseMessage } from './mime.js';

/** A mail as it came over SMTP. */
export interface SmtpMail {
  readonly from: string;
  readonly to: string;
  /** Header fields by lower-case name, unfolded. */
  readonly headers: ReadonlyMap<string, string>;
  readonly parts: readonly MimePart[];
  /** The text part. */
  readonly text: string;
}

/** Instead of an answer: lines of one that never ends. */
export const DRIBBLE = Symbol('dribble');
/** What the server says to a command. */
export type SmtpReply = string | typeof DRIBBLE | undefined;

/** A real, small SMTP server on loopback (RFC 5321, what nodemailer needs of it). */
export interface SmtpServer {
  readonly url: string;
  readonly mails: readonly SmtpMail[];
  /** Connections that are open now. */
  connections(): number;
  /** How often each command came: its first word, `CONNECT` for the greeting, `.` for the end of a mail. */
  commands(verb: string): number;
  /**
   * Decides the answers to come; where it says nothing, all is well.
   * @param reply is given the command's line, with the recipient of the mail after `DATA` and `.`.
   */
  answer(reply: (line: string) => SmtpReply): void;
  /** Refuses so many of the coming mails with a temporary failure. */
  refuse(count: number): void;
  stop(): Promise<void>;
}

/** How often a server that dribbles writes another line, in milliseconds. */
const DRIBBLE_MS = 50;

/** @param certificate for implicit TLS. */
export async function startSmtpServer(certificate?: Certificate): Promise<SmtpServer> {
  const mails: SmtpMail[] = [];
  const sockets = new Set<Socket>();
  const counts = new Map<string, number>();
  let reply: (line: string) => SmtpReply = () => undefined;
  const serve = (socket: Socket) => {
    sockets.add(socket);
    let dribbling: NodeJS.Timeout | undefined;
    socket
      .on('close', () => {
        sockets.delete(socket);
        clearInterval(dribbling);
      })
      .on('error', () => undefined);
    const envelope = { from: '', to: '' };
    let data: string[] | undefined;
    let rest = '';
    /** @returns whether all is well. */
    const answer = (line: string, well: string): boolean => {
      const [verb = ''] = line.split(/[ :]/);
      counts.set(verb, (counts.get(verb) ?? 0) + 1);
      const said = reply(line) ?? well;
      if (said === DRIBBLE) {
        dribbling = setInterval(() => socket.write(`${well.slice(0, 3)}-wait\r\n`), DRIBBLE_MS);
        return false;
      }
      socket.write(`${said}\r\n`);
      return said === well;
    };
    answer('CONNECT', '220 loopback ESMTP');
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (data === undefined) command(line);
        else if (line === '.') {
          if (answer(`. ${envelope.to}`, '250 taken')) mails.push(parse(envelope, data));
          data = undefined;
        } else data.push(line.replace(/^\./, ''));
      }
    });
    const command = (line: string) => {
      const [verb = '', address = ''] = /^(\w+)[^<]*<?([^>]*)/.exec(line)?.slice(1) ?? [];
      if (/^QUIT$/i.test(verb)) socket.end('221 bye\r\n');
      else if (/^DATA$/i.test(verb)) {
        if (answer(`DATA ${envelope.to}`, '354 go on')) data = [];
      } else {
        if (/^MAIL$/i.test(verb)) envelope.from = address;
        if (/^RCPT$/i.test(verb)) envelope.to = address;
        answer(line, '250 ok');
      }
    };
  };
  const server = certificate ? createTlsServer({ ...certificate }, serve) : createServer(serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: certificate ? `smtps://localhost:${port}` : `smtp://127.0.0.1:${port}`,
    mails,
    connections: () => sockets.size,
    commands: (verb) => counts.get(verb) ?? 0,
    answer: (next) => {
      reply = next;
    },
    refuse: (count) => {
      let left = count;
      reply = (line) =>
        line.startsWith('RCPT') && left-- > 0 ? `451 not now, ${line}` : undefined;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function parse({ from, to }: { from: string; to: string }, lines: readonly string[]): SmtpMail {
  const { headers, parts } = parseMessage(lines.join('\r\n'));
  const text = parts.find(({ type }) => type === 'text/plain')?.text ?? '';
  return { from, to, headers, parts, text };
}
