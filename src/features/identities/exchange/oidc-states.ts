import { createHmac } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';

import { Database } from '../../../platform/database/database.js';
import { hashOf } from '../../credentials/opaque-token.js';
import type { Authorization } from '../providers/oidc-provider.js';

/** Lifetime of a state token in seconds: time to sign in at the provider, second factor included. */
export const STATE_TTL = 600;

/** Who links an identity to the own account; nobody where somebody signs in. */
export interface Linker {
  readonly userId: string;
  readonly credentialsVersion: number;
}

/** What a state token is bound to. */
export interface StateBinding {
  /** Id of the provider. */
  readonly provider: string;
  readonly linker: Linker | undefined;
}

const INSERT = `
  INSERT INTO public.oidc_states (id, token_hash, provider, user_id, credentials_version, redirect_uri, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7))`;
/** Of callers at the same moment, one: the others wait for its row lock and then find nothing. */
const USE = `
  DELETE FROM public.oidc_states
   WHERE token_hash = $1 AND provider = $2 AND user_id IS NOT DISTINCT FROM $3::uuid
     AND credentials_version IS NOT DISTINCT FROM $4::int AND expires_at > clock_timestamp()
  RETURNING redirect_uri`;

/**
 * State tokens: the client that began a sign-in keeps one, and only with it does the callback count.
 * State, nonce and PKCE verifier are made from the token, so that the database holds none of them,
 * and a callback fits its own start only.
 */
@Injectable()
export class OidcStates {
  constructor(private readonly database: Database) {}

  /** Stores a new token. */
  async store(
    token: string,
    redirectUri: string,
    { provider, linker }: StateBinding,
  ): Promise<void> {
    await this.database.write({
      text: INSERT,
      values: [
        uuidv7(),
        hashOf(token),
        provider,
        linker?.userId ?? null,
        linker?.credentialsVersion ?? null,
        redirectUri,
        STATE_TTL,
      ],
    });
  }

  /** Uses a token up. @returns its redirect URI; undefined for one that is unknown, used, over or bound to something else. */
  async use(token: string, { provider, linker }: StateBinding): Promise<string | undefined> {
    const { rows } = await this.database.write<{ redirect_uri: string }>({
      text: USE,
      values: [hashOf(token), provider, linker?.userId ?? null, linker?.credentialsVersion ?? null],
    });
    return rows[0]?.redirect_uri;
  }
}

/** What the provider is sent, and what its answer has to match. Nobody can compute the token from it. */
export function secretsOf(token: string): Omit<Authorization, 'redirectUri'> {
  const derive = (purpose: string) =>
    createHmac('sha256', token).update(purpose).digest('base64url');
  return { state: derive('state'), nonce: derive('nonce'), verifier: derive('verifier') };
}
