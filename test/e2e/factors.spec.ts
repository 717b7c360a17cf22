import { superuser } from '../support/accounts.js';
import { factorAudit, factorsOf, mailsTo, verifiedUser } from '../support/factors.js';
import { expectProblem } from '../support/http.js';
import { type Api, testApi } from '../support/test-api.js';
import { waitFor } from '../support/wait-for.js';

let api: Api;

beforeAll(async () => {
  api = await testApi({ SERVICE_NAME: 'people' }).start();
});

afterAll(() => api?.stop());

describe('the factors of a user', () => {
  it('are renamed, replaced and removed; recovery codes go with the last app', async () => {
    const user = await verifiedUser(api, api.database);
    const { body } = await user.add();
    const { id } = body.factor;
    await user.stepUp(body.recovery_codes?.[0]);
    expect((await user.rename(id, 'Work phone')).body).toEqual({
      ...body.factor,
      name: 'Work phone',
    });
    const { body: renewed } = await user.renewCodes();
    expect(renewed.recovery_codes).toHaveLength(10);
    expect(renewed.recovery_codes).not.toEqual(body.recovery_codes);
    const [, codes] = await user.list();
    expect(codes).toMatchObject({ remaining: 10 });
    expect((await user.remove(id)).status).toBe(204);
    expect(await user.list()).toEqual([]);
    expectProblem(await user.remove(id), 404, 'request.not-found');
    expectProblem(await user.renewCodes(), 404, 'request.not-found');
    expect(await factorAudit(api.database, user.id)).toMatchObject([
      { action: 'auth.factor-added' },
      { action: 'auth.recovery-code-used' },
      { action: 'auth.recovery-codes-renewed' },
      { action: 'auth.factor-removed', details: { factor: id, type: 'totp' } },
    ]);
    await waitFor(
      'the mail',
      async () => (await mailsTo(api.database, user.id, 'factor_removed')) === 1,
    );
  });

  it('stay while another app is left', async () => {
    const user = await verifiedUser(api, api.database);
    const { body } = await user.add();
    await user.stepUp(body.recovery_codes?.[0]);
    await user.add();
    await user.remove(body.factor.id);
    expect((await user.list()).map(({ type }) => type).toSorted()).toEqual([
      'recovery_codes',
      'totp',
    ]);
  });

  it('are seen and removed by superusers, and touched by nobody else', async () => {
    const user = await verifiedUser(api, api.database);
    const { body } = await user.add();
    const { id } = body.factor;
    const admin = await superuser(api, api.database);
    const asAdmin = factorsOf(api.as(admin), user.id);
    const stranger = await verifiedUser(api, api.database);
    const asStranger = factorsOf(api.as(stranger), user.id);
    const asService = factorsOf(api.as('service'), user.id);
    for (const refused of [
      await asStranger.remove(id),
      await asStranger.rename(id, 'Mine'),
      await asStranger.start(),
      await asStranger.renewCodes(),
      await asService.remove(id),
      await asAdmin.start(),
      await asAdmin.renewCodes(),
    ])
      expectProblem(refused, 403, 'auth.forbidden');
    expectProblem(await stranger.remove(id), 404, 'request.not-found');
    expect(await asAdmin.list()).toHaveLength(2);
    expect((await asAdmin.remove(id)).status).toBe(204);
    expect(await user.list()).toEqual([]);
  });

  it('are in the export of the user, without secrets', async () => {
    const user = await verifiedUser(api, api.database);
    const { body } = await user.add('Phone');
    const { body: exported } = await api
      .as(user)
      .get<{ factors: object[] }>(`/users/${user.id}/export`);
    expect(exported.factors).toHaveLength(2);
    expect(exported.factors[0]).toEqual({
      id: body.factor.id,
      type: 'totp',
      name: 'Phone',
      created_at: body.factor.created_at,
      confirmed_at: expect.any(String) as string,
      last_used_at: body.factor.last_used_at,
    });
  });
});
