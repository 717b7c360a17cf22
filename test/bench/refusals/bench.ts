import { randomBytes } from 'node:crypto';

import type { Answer } from '../../support/caller.js';
import type { MailService } from '../../support/mail-service.js';
import type { OidcServer } from '../../support/oidc-server.js';
import type { Api } from '../../support/test-api.js';

/** A kind of refusal, and a request that is refused so. */
export type Kind = readonly [name: string, sample: (index: number) => Promise<Answer<object>>];

/** Where refusals are measured; `samples` of each kind. */
export interface Bench {
  readonly api: Api;
  readonly mails: MailService;
  readonly provider: OidcServer;
  readonly samples: number;
}

/** The source of attempts that are held off. */
export const HELD_OFF = '198.51.100.1';

export const from = (address: string) => ({ 'x-forwarded-for': address });

/** Each sample has a source of its own, so that no delay sets in. */
export const fresh = (index: number) => from(`10.0.${index >> 8}.${index & 255}`);

/** A token that was never made. */
export const unknownToken = () => randomBytes(32).toString('base64url');

/** Holds off attempts of one source: failures of the future, so that the lock outlasts the measurement. */
export async function holdOff(api: Api): Promise<void> {
  await api.database.query(
    `UPDATE sign_in_failures SET count = 30, last_at = now() + interval '1 hour' WHERE origin = $1`,
    [HELD_OFF],
  );
}
