import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Provider } from 'oidc-provider';

import { memoryStore } from './oidc-store.js';

const APP = 'https://app.example.com';
/** Where clients of the tests are: a page that no test loads. */
export const CALLBACK = `${APP}/callback`;
export const CLIENT_SECRET = 'secret-of-the-client-at-the-provider';
const CLIENT_ID = 'user-api';

/** Somebody with an account at the provider. */
export interface Person {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
}

/** An ID token before it is signed. */
export interface Draft {
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
  key: KeyObject;
}

/** A real OpenID provider on loopback, which can be wrong on purpose. */
export interface OidcServer {
  readonly issuer: string;
  /** Paths of the requests that services made: all but those of people. */
  readonly requests: readonly string[];
  /** An element of `OIDC_PROVIDERS`. */
  settings(id: string, more?: object): object;
  /** What the browser of a person does. @returns where the provider sends it. */
  visit(authorizationUrl: string, person: Person): Promise<string>;
  /** Who sits at the browsers that come by themselves; without one, they give up. */
  seat(person?: Person): void;
  /** Changes the coming ID tokens; none until then, and after a call without one. */
  tamper(change?: (draft: Draft) => void): void;
  /** Signs by a new key from now on, and forgets the one before. */
  rotateKey(): void;
  /** Does not answer services any more, or does again. */
  hang(hanging: boolean): void;
  stop(): Promise<void>;
}

/** @param pages `PUBLIC_URL` of a service whose pages browsers open. */
export async function startOidcServer(pages = APP): Promise<OidcServer> {
  let keys = newKey('first');
  let change: ((draft: Draft) => void) | undefined;
  let hanging = false;
  const people = new Map<string, Person>();
  let seated: string | undefined;
  const requests: string[] = [];
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  const provider: Provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        redirect_uris: [CALLBACK, `${pages}/auth/oidc/mock/callback`],
      },
    ],
    adapter: memoryStore(),
    cookies: { keys: ['any'] },
    // Given, so that it does not ask for them in the output of the tests.
    ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    jwks: { keys: [keys.private] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ ...people.get(sub), sub }),
    }),
    loadExistingGrant: async ({ oidc }) => {
      const { client, session } = oidc;
      const grant = new provider.Grant({
        clientId: String(client?.clientId),
        accountId: String(session?.accountId),
      });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  });
  provider.use(async (context, next) => {
    await next();
    if (context.path === '/jwks') context.body = { keys: [keys.public] };
    const body = context.body as { id_token?: string } | undefined;
    if (context.path === '/token' && body?.id_token !== undefined)
      context.body = { ...body, id_token: resigned(body.id_token) };
  });
  const answer = provider.callback();
  server.on('request', (request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    const person = request.headers['x-person'];
    if (typeof person !== 'string') requests.push(path);
    if (hanging) return;
    if (path.startsWith('/interaction/'))
      void provider.interactionFinished(request, response, decision(person ?? seated));
    else void answer(request, response);
  });

  const resigned = (token: string): string => {
    const claims = JSON.parse(
      Buffer.from(token.split('.')[1] ?? '', 'base64url').toString(),
    ) as Draft['claims'];
    const draft: Draft = { header: { alg: 'RS256', kid: keys.kid }, claims, key: keys.key };
    change?.(draft);
    return signed(draft);
  };

  const decision = (person: string | string[] | undefined) =>
    person === undefined ? { error: 'access_denied' } : { login: { accountId: String(person) } };

  return {
    issuer,
    requests,
    settings: (id, more = {}) => ({
      id,
      issuer,
      client_id: CLIENT_ID,
      client_secret: CLIENT_SECRET,
      ...more,
    }),
    visit: async (authorizationUrl, person) => {
      people.set(person.sub, person);
      const cookies = new Map<string, string>();
      let url = new URL(authorizationUrl);
      while (url.origin === issuer) {
        const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
        const { headers, status } = await fetch(url, {
          redirect: 'manual',
          headers: { cookie, 'x-person': person.sub },
        });
        const location = headers.get('location');
        if (location === null) throw new Error(`the provider answered ${status}`);
        for (const line of headers.getSetCookie()) {
          const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
          cookies.set(name, value);
        }
        url = new URL(location, url);
      }
      return url.href;
    },
    seat: (person) => {
      seated = person?.sub;
      if (person) people.set(person.sub, person);
    },
    tamper: (next) => {
      change = next;
    },
    rotateKey: () => {
      keys = newKey(`next-${requests.length}`);
    },
    hang: (next) => {
      hanging = next;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A key that no provider publishes, under the id of one that it does. */
export function foreignKey(): KeyObject {
  return newKey('foreign').key;
}

function newKey(kid: string) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const facts = { kid, alg: 'RS256', use: 'sig' };
  return {
    kid,
    key: privateKey,
    private: { ...privateKey.export({ format: 'jwk' }), ...facts },
    public: { ...publicKey.export({ format: 'jwk' }), ...facts },
  };
}

function signed({ header, claims, key }: Draft): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const content = `${encode(header)}.${encode(claims)}`;
  if (header['alg'] === 'none') return `${content}.`;
  return `${content}.${sign('RSA-SHA256', Buffer.from(content), key).toString('base64url')}`;
}
