/** A part of a message (RFC 2046) that is no multipart itself. */
export interface MimePart {
  /** Header fields by lower-case name, unfolded. */
  readonly headers: ReadonlyMap<string, string>;
  /** Without parameters: `text/plain`. */
  readonly type: string;
  /** With quoted-printable and base64 undone. */
  readonly text: string;
}

/** A message, with the parts of its multiparts in their order. */
export function parseMessage(message: string): Pick<MimePart, 'headers'> & { parts: MimePart[] } {
  const end = message.indexOf('\r\n\r\n');
  const fields = message
    .slice(0, end)
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .map((field) => /^([^:]+):\s*(.*)$/.exec(field)?.slice(1) ?? []);
  const headers = new Map(fields.map(([name = '', value = '']) => [name.toLowerCase(), value]));
  const body = message.slice(end + 4);
  const given = headers.get('content-type') ?? 'text/plain';
  const boundary = /boundary="?([^";]+)/.exec(given)?.[1];
  const parts =
    boundary === undefined
      ? [{ headers, type: given.split(';')[0] ?? '', text: decoded(body, headers) }]
      : body
          .split(`--${boundary}`)
          .slice(1, -1)
          .flatMap((part) => parseMessage(part.replace(/^\r\n/, '')).parts);
  return { headers, parts };
}

function decoded(body: string, headers: ReadonlyMap<string, string>): string {
  const encoding = headers.get('content-transfer-encoding');
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  return encoding === 'quoted-printable' ? quotedPrintable(body) : body;
}

function quotedPrintable(text: string): string {
  const bytes = text
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
