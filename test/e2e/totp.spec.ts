import { generate } from 'otplib';

import { PASSWORD, signedIn } from '../support/accounts.js';
import type { Answer } from '../support/caller.js';
import { type Factor, factorAudit, factorsOf, mailsTo, verifiedUser } from '../support/factors.js';
import { expectProblem } from '../support/http.js';
import { type Api, testApi } from '../support/test-api.js';
import { waitFor } from '../support/wait-for.js';

let api: Api;

beforeAll(async () => {
  api = await testApi({ SERVICE_NAME: 'people' }).start();
});

afterAll(() => api?.stop());

describe('an authenticator app', () => {
  it('is added with the password and a code, and comes with recovery codes', async () => {
    const user = await verifiedUser(api, api.database);
    const started = await user.start({ current_password: PASSWORD, name: 'Phone' });
    expect(started.status).toBe(201);
    expect(started.headers.get('cache-control')).toBe('no-store');
    const { id, secret, uri, qr } = started.body;
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(uri).toContain(`otpauth://totp/people:`);
    expect(qr).toMatch(/^<svg/);
    expect(await user.list()).toEqual([]);

    const confirmed = await user.confirm(id, await generate({ secret }));
    expect(confirmed.status).toBe(200);
    expect(confirmed.body.factor).toMatchObject({ id, type: 'totp', name: 'Phone' });
    expect(new Set(confirmed.body.recovery_codes).size).toBe(10);
    expect(await user.list()).toEqual([
      confirmed.body.factor,
      expect.objectContaining({ type: 'recovery_codes', name: null, remaining: 10 }) as Factor,
    ]);
    expect(await factorAudit(api.database, user.id)).toEqual([
      { action: 'auth.factor-added', actor_id: user.id, details: { factor: id, type: 'totp' } },
    ]);
    await waitFor(
      'the mail',
      async () => (await mailsTo(api.database, user.id, 'factor_added')) === 1,
    );
  });

  it('stores neither its secret nor a recovery code in clear', async () => {
    const user = await verifiedUser(api, api.database);
    const { body: started } = await user.start();
    const { body } = await user.confirm(started.id, await generate({ secret: started.secret }));
    const [rows] = await api.database.query<{ text: string }>(
      `SELECT (SELECT jsonb_agg(f)::text FROM factors f) || (SELECT jsonb_agg(c)::text FROM recovery_codes c)
              || coalesce((SELECT jsonb_agg(i)::text FROM idempotency_keys i), '') || (SELECT jsonb_agg(j)::text FROM pgboss.job j) AS text`,
    );
    const bytes = Buffer.from(
      [...started.secret]
        .map((letter) =>
          'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
        )
        .join('')
        .match(/.{8}/g)
        ?.map((byte) => Number.parseInt(byte, 2)) ?? [],
    );
    expect(bytes).toHaveLength(20);
    for (const secret of [started.secret, bytes.toString('hex'), ...(body.recovery_codes ?? [])]) {
      expect(rows?.text).not.toContain(secret);
      expect(api.output()).not.toContain(secret);
    }
  });

  it('needs a verified address and the current password', async () => {
    const unverified = await signedIn(api);
    const { start } = factorsOf(api.as(unverified), unverified.id);
    expectProblem(await start(), 403, 'auth.email-unverified');
    const user = await verifiedUser(api, api.database);
    const missing = await user.start({});
    expectProblem(missing, 400, 'request.invalid');
    expect(missing.body).toMatchObject({ errors: [{ pointer: '/current_password' }] });
    expectProblem(await user.start({ current_password: 'wrong' }), 401, 'auth.invalid-credentials');
  });

  it('refuses a wrong code, and keeps waiting for the right one', async () => {
    const user = await verifiedUser(api, api.database);
    const { body } = await user.start();
    const code = await generate({ secret: body.secret });
    const wrong = await user.confirm(
      body.id,
      code.replace(/^./, (digit) => `${(Number(digit) + 1) % 10}`),
    );
    expectProblem(wrong, 400, 'request.invalid');
    expect(wrong.body).toMatchObject({ errors: [{ pointer: '/code' }] });
    expectProblem(await user.confirm(body.id, '12345'), 400, 'request.invalid');
    const spaced = `${code.slice(0, 3)} ${code.slice(3)}`;
    expect((await user.confirm(body.id, spaced)).status).toBe(200);
    // The account has a factor now: changes of factors need it.
    expectProblem(await user.confirm(body.id, code), 401, 'auth.step-up-required');
  });

  it('replaces one that was never confirmed', async () => {
    const user = await verifiedUser(api, api.database);
    const { body: first } = await user.start();
    await user.start();
    const late = await user.confirm(first.id, await generate({ secret: first.secret }));
    expectProblem(late, 404, 'request.not-found');
  });

  it('has no recovery codes when it is the second, and there are ten at most', async () => {
    const user = await verifiedUser(api, api.database);
    const { body: first } = await user.add();
    await user.stepUp(first.recovery_codes?.[0]);
    const second: Answer<object> = await user.add('Tablet');
    expect(second.body).not.toHaveProperty('recovery_codes');
    await api.database.query(
      `INSERT INTO factors (id, user_id, type, secret, confirmed_at)
       SELECT gen_random_uuid(), $1, 'totp', '\\x00', now() FROM generate_series(1, 8)`,
      [user.id],
    );
    expectProblem(await user.start(), 400, 'request.invalid');
  });
});
