import { generate } from 'otplib';

import { login, PASSWORD, signedIn, type Tokens } from './accounts.js';
import type { Answer, Caller, RequestOptions } from './caller.js';
import type { RunningApi } from './test-api.js';
import type { Database } from './test-database.js';

/** What an authenticator app is given. */
export interface Enrolment {
  id: string;
  secret: string;
  uri: string;
  qr: string;
}

/** A factor in an answer. */
export interface Factor {
  id: string;
  type: string;
  name: string | null;
  created_at: string;
  last_used_at: string | null;
  remaining?: number;
}

/** A user with a session and a verified address, and what it does with its factors. */
export async function verifiedUser(api: Caller, database: Database) {
  const user = await signedIn(api);
  await database.query('UPDATE users SET email_verified = true WHERE id = $1', [user.id]);
  return { ...user, ...factorsOf(api.as(user), user.id) };
}

/** A user with an authenticator app and recovery codes. */
export async function userWithApp(api: RunningApi) {
  const user = await verifiedUser(api, api.database);
  const { body: app } = await user.start({ current_password: PASSWORD });
  const code = () => generate({ secret: app.secret });
  const { body } = await user.confirm(app.id, await code());
  /** Codes of the current step count as new. */
  const freshCode = async () => {
    await api.database.query('UPDATE factors SET last_step = NULL WHERE id = $1', [app.id]);
    return code();
  };
  return { ...user, appId: app.id, code, freshCode, recoveryCodes: body.recovery_codes ?? [] };
}

/** The problem that asks for a factor at sign-in. */
export interface FactorRequired {
  code: string;
  login_token: string;
  factors: string[];
  expires_in: number;
}

/** Signs in by the password of an account with a factor. @returns the login token. */
export async function loginToken(
  api: Caller,
  email: string,
  headers?: RequestOptions['headers'],
): Promise<string> {
  const { body } = await login<FactorRequired>(api, email, PASSWORD, headers);
  return body.login_token;
}

/** Goes on with the factor. */
export function loginFactor(
  api: Caller,
  token: string,
  proof: object,
  headers?: RequestOptions['headers'],
): Promise<Answer<Tokens>> {
  return api.post('/auth/login/factor', { login_token: token, ...proof }, headers);
}

/** What a caller does with the factors of a user. */
export function factorsOf(caller: Caller, id: string) {
  const path = `/users/${id}/factors`;
  const start = (body: object = { current_password: PASSWORD }) =>
    caller.post<Enrolment>(`${path}/totp`, body);
  const confirm = (factorId: string, code: string) =>
    caller.post<{ factor: Factor; recovery_codes?: string[] }>(`${path}/totp/${factorId}/confirm`, {
      code,
    });
  return {
    start,
    confirm,
    /** Adds an authenticator app. */
    add: async (name?: string) => {
      const { body } = await start({ current_password: PASSWORD, ...(name && { name }) });
      return confirm(body.id, await generate({ secret: body.secret }));
    },
    list: async () => (await caller.get<{ items: Factor[] }>(path)).body.items,
    rename: (factorId: string, name: string) =>
      caller.patch<Factor>(`${path}/${factorId}`, { name }),
    remove: (factorId: string) => caller.delete(`${path}/${factorId}`),
    /** Raises the session by a recovery code. */
    stepUp: (code = '') => caller.post('/auth/step-up', { recovery_code: code }),
    renewCodes: () => caller.post<{ recovery_codes: string[] }>(`${path}/recovery-codes`),
  };
}

/** Number of mails to a user that were sent. */
export async function mailsTo(
  database: Database,
  userId: string,
  template: string,
): Promise<number> {
  const rows = await database.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pgboss.job
      WHERE data -> 'payload' ->> 'user_id' = $1 AND data -> 'payload' ->> 'template' = $2
        AND state = 'completed'`,
    [userId, template],
  );
  return rows[0]?.count ?? 0;
}

/** Audit rows about the factors of a user. */
export async function factorAudit(database: Database, userId: string): Promise<unknown[]> {
  return database.query(
    `SELECT action, actor_id, details FROM audit_log
      WHERE target_id = $1 AND (action LIKE 'auth.factor%' OR action LIKE 'auth.recovery%') ORDER BY id`,
    [userId],
  );
}
