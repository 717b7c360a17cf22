import { v4 as uuidv4, v7 as uuidv7 } from 'uuid';

import { type Write, writeBy } from '../../../platform/database/transactions/write.js';
import type { ProvenAccount } from '../../credentials/passwords/password-check.js';
import type { Proof } from '../live-sessions/proof.js';
import type { RefreshedSession } from '../tokens/refresh-tokens.js';

const MAX_USER_AGENT = 512;

const INSERT = `
  INSERT INTO public.sessions (id, user_id, expires_at, ip, user_agent, credentials_version, device_id,
                               acr, amr, auth_time, factor_id)
  VALUES ($1, $2, now() + make_interval(secs => $3), $4, $5, $6, $7, $8, $9, to_timestamp($10), $11)`;

/** What the row of a session has beside the session. */
interface SessionDetails {
  readonly ip: string;
  readonly userAgent: string | undefined;
  /** The factor behind `aal2`. */
  readonly factorId: string | undefined;
  /** Until it ends. */
  readonly seconds: number;
}

/** The row of a session that is opened. */
export function newSession(
  session: RefreshedSession,
  { ip, userAgent, factorId, seconds }: SessionDetails,
): Write {
  const { sessionId, userId, deviceId, credentialsVersion, acr, amr, authTime } = session;
  return writeBy({
    text: INSERT,
    values: [
      sessionId,
      userId,
      seconds,
      ip,
      userAgent?.slice(0, MAX_USER_AGENT) ?? null,
      credentialsVersion,
      deviceId,
      acr,
      amr,
      authTime,
      factorId ?? null,
    ],
  });
}

/**
 * A new session with the credentials version of the proved account: a change meanwhile ends the
 * session at once.
 */
export function sessionOf(
  { id, role, credentialsVersion, deviceGeneration, attempt }: ProvenAccount,
  { acr, amr }: Proof,
): RefreshedSession {
  return {
    sessionId: uuidv7(),
    userId: id,
    deviceId: attempt.deviceId ?? uuidv4(),
    deviceGeneration,
    role,
    credentialsVersion,
    acr,
    amr,
    authTime: Math.floor(Date.now() / 1000),
  };
}
