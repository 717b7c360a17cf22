import type { MailService } from './mail-service.js';

/** Fields of bodies that hold a secret. `code` of a problem is no secret. */
const SENT = /password$|token$|^token|^code$|^recovery_code$|^callback_url$|^signature$/;
const ANSWERED = /_token$|^recovery_codes$|^secret$|^key$|^uri$|^authorization_url$/;
const CREDENTIALS = ['authorization', 'x-api-key', 'x-device-token', 'cookie'];

/** What clients sent and got while secrets were recorded. */
export interface SeenSecrets {
  /** All that nobody else may see, with those of mails. */
  all(mails: MailService): Set<string>;
  /** Answers that repeat a secret of their request. */
  readonly repeated: readonly string[];
  stop(): void;
}

/** Records the secrets in all requests of this process and in their answers. */
export function recordSecrets(): SeenSecrets {
  const send = globalThis.fetch;
  const seen = new Set<string>();
  const repeated: string[] = [];
  globalThis.fetch = async (input, init) => {
    const sent = [
      ...(typeof init?.body === 'string' ? secretsIn(JSON.parse(init.body), SENT) : []),
      ...credentialsIn(init?.headers as Record<string, string> | undefined),
    ];
    const answer = await send(input, init);
    const text = await answer.clone().text();
    const isProblem = answer.headers.get('content-type')?.includes('problem') === true;
    if (isProblem && sent.some((secret) => secret !== '' && appearsIn(text, secret)))
      repeated.push(text);
    const got = /^[[{]/.test(text) ? secretsIn(JSON.parse(text), ANSWERED) : [];
    for (const secret of [...sent, ...got].filter(Boolean)) seen.add(secret);
    return answer;
  };
  return {
    all: ({ deliveries }) =>
      new Set([...seen, ...deliveries.map(({ body }) => body.variables.token).filter(Boolean)]),
    repeated,
    stop: () => {
      globalThis.fetch = send;
    },
  };
}

/** Whether a text has a secret in it, not only as a part of a longer number or word. */
export function appearsIn(text: string, secret: string): boolean {
  for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
    const around = `${text.charAt(at - 1)}${text.charAt(at + secret.length)}`;
    if (!/[\w.]/.test(around)) return true;
  }
  return false;
}

function secretsIn(body: unknown, names: RegExp, name = ''): string[] {
  if (typeof body === 'string') return names.test(name) ? [body, ...inAddress(body)] : [];
  if (Array.isArray(body)) return body.flatMap((each) => secretsIn(each, names, name));
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([field, value]) => secretsIn(value, names, field));
}

/** What the address of a redirect carries. */
function inAddress(text: string): string[] {
  if (!URL.canParse(text)) return [];
  const { searchParams } = new URL(text);
  return ['code', 'state', 'nonce', 'secret'].flatMap((name) => searchParams.getAll(name));
}

function credentialsIn(headers: Record<string, string> = {}): string[] {
  return CREDENTIALS.flatMap((name) => headers[name]?.replace(/^Bearer /, '') ?? []);
}
