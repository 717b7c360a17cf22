import { randomUUID } from 'node:crypto';

import type { Tokens } from './accounts.js';
import type { Answer, Caller } from './caller.js';
import { CALLBACK, type OidcServer, type Person } from './oidc-server.js';

/** The answer to a started sign-in. */
export interface Started {
  authorization_url: string;
  state_token: string;
  expires_in: number;
}

/** An identity in an answer. */
export interface Identity {
  id: string;
  provider: string;
  issuer: string;
  email: string | null;
  created_at: string;
  last_used_at: string | null;
}

/** What an exchange may answer with. */
export type Exchanged = Tokens & Identity & { link_token: string; code?: string };

/** Somebody new at a provider, with a verified address. */
export function newPerson(more: Partial<Person> = {}): Person {
  const sub = randomUUID();
  return { sub, email: `${sub}@trusted.example`, email_verified: true, name: 'Ada', ...more };
}

/** Ways through a provider, as `id` in the configuration of the API. */
export function throughProvider(server: OidcServer, id = 'mock') {
  const start = (caller: Caller, more: object = {}) =>
    caller.post<Started>(`/auth/oidc/${id}/start`, { redirect_uri: CALLBACK, ...more });
  const exchange = (caller: Caller, token: string, callback: string): Promise<Answer<Exchanged>> =>
    caller.post(`/auth/oidc/${id}/exchange`, { state_token: token, callback_url: callback });
  /** Up to the exchange. */
  const begin = async (caller: Caller, person: Person, more?: object) => {
    const { body } = await start(caller, more);
    return {
      token: body.state_token,
      callback: await server.visit(body.authorization_url, person),
    };
  };
  return {
    start,
    exchange,
    begin,
    /** The whole way: a sign-in, or as a user with a session the link of an identity. */
    go: async (caller: Caller, person: Person, more?: object) => {
      const { token, callback } = await begin(caller, person, more);
      return exchange(caller, token, callback);
    },
  };
}
