import {
  createUser,
  login,
  me,
  PASSWORD,
  signedIn,
  superuser,
  type TestUser,
  type Tokens,
} from '../support/accounts.js';
import { type Answer, asService, bearer, type RequestOptions } from '../support/caller.js';
import { ready } from '../support/ready.js';
import { type Api, testApi } from '../support/test-api.js';
import { type Description, exampleBody, type Operation, operationsOf } from '../support/openapi.js';
import { uniqueEmail } from '../support/users.js';
import { createWebhook, WEBHOOKS } from '../support/webhooks.js';

type Account = TestUser & { tokens: Tokens };
type Spelling = (id: string) => string;

const asIs: Spelling = (id) => id;
const capitals: Spelling = (id) => id.toUpperCase();

/** What operations with an id need besides; for others the examples of the description do. */
const BODIES: Readonly<Record<string, () => object>> = {
  updateUser: () => ({ status: 'suspended' }),
  changeTier: () => ({ tier: 'free' }),
  updateApiKey: () => ({ name: 'Reports' }),
  updateWebhook: () => ({ status: 'paused' }),
  startTotp: () => ({ current_password: PASSWORD }),
  startPasskey: () => ({ current_password: PASSWORD }),
  createInvitation: () => ({ email: uniqueEmail() }),
};
/** Collections that hold what another route makes. */
const MADE_AT: Readonly<Record<string, string>> = {
  '/users/{id}/factors': '/users/{id}/factors/totp',
  // Only an identity provider makes identities: any id will do.
  '/users/{id}/identities': '/users/{id}/factors/totp',
};
/** Need a confirmed factor, an identity or a browser, so that examples are refused: in either case alike. */
const NEED_A_FACTOR = new Set([
  'linkIdentity',
  'unlinkIdentity',
  'confirmTotp',
  'addPasskey',
  'renameFactor',
  'removeFactor',
  'renewRecoveryCodes',
]);

describe('an id in upper case', () => {
  let api: Api;
  let description: Description;
  let admin: Account;

  beforeAll(async () => {
    api = await testApi().withoutJobs().start();
    await ready(api);
    description = (await api.get<Description>('/openapi.json')).body;
    admin = await superuser(api, api.database);
  });

  afterAll(() => api?.stop());

  const sessionOf = async ({ tokens }: Account): Promise<string> => {
    const { body } = await api
      .as(tokens.access_token)
      .get<{ items: { id: string }[] }>('/auth/sessions');
    return String(body.items[0]?.id);
  };

  /** The welcome mail, which nobody sends here. */
  const failedJobOf = async ({ id }: TestUser): Promise<string> => {
    const [job] = await api.database.query<{ id: string }>(
      `UPDATE pgboss.job SET state = 'failed' WHERE data -> 'payload' ->> 'user_id' = $1 RETURNING id`,
      [id],
    );
    return String(job?.id);
  };

  /** That of a test event. */
  async function deliveryOf(): Promise<string> {
    const { id } = await createWebhook(api, 'https://events.example.com/users');
    const { body } = await api.as('service').post<{ id: string }>(`${WEBHOOKS}/${id}/test`);
    return body.id;
  }

  const bodyFor = (operation: Operation) =>
    BODIES[operation.operationId]?.() ?? exampleBody(description, operation);

  /** The id of something of the user below a collection: made for it, or their session. */
  async function itemOf(user: Account, collection: string): Promise<string> {
    if (collection === '/auth/sessions') return sessionOf(user);
    if (collection === '/admin/webhooks/deliveries') return deliveryOf();
    if (collection === '/admin/jobs') return failedJobOf(user);
    const maker = MADE_AT[collection] ?? collection;
    const creation = description.paths[maker]?.['post'];
    if (!creation) throw new Error(`nothing creates what is in ${collection}`);
    const body = bodyFor(creation);
    const { body: item } = await api.request<{ id: string }>(maker.replace('{id}', user.id), {
      method: 'POST',
      headers: /^\/(admin|invitations)/.test(collection)
        ? asService
        : bearer(user.tokens.access_token),
      ...(body && { body }),
    });
    return item.id;
  }

  /** Who may do it: their own sessions are the user's alone. */
  const callers = (path: string, user: Account): Record<string, RequestOptions['headers']> => ({
    self: bearer(user.tokens.access_token),
    ...(/^\/(users|admin|invitations)\//.test(path) && {
      service: asService,
      superuser: bearer(admin.tokens.access_token),
    }),
  });

  /** A user with a session, and the password of the superuser: to hash it for each would take most of the time. */
  async function verified(): Promise<Account> {
    const user = await createUser(api, { password: null });
    await api.database.query(
      `UPDATE users SET email_verified = true,
              password_hash = (SELECT password_hash FROM users WHERE id = $2) WHERE id = $1`,
      [user.id, admin.id],
    );
    return { ...user, tokens: (await login(api, user.email)).body };
  }

  /** Does it, and looks at once whether the user's access token still works. */
  async function outcome(
    { method, path, operation }: ReturnType<typeof operationsOf>[number],
    caller: string,
    spell: Spelling,
  ) {
    const user = await verified();
    const item = /^(.*)\/\{(?!id\})\w+\}/.exec(path)?.[1];
    const itemId = item === undefined ? '' : spell(await itemOf(user, item));
    // From here on the process has it in memory that the session lives.
    expect((await me(api, user.tokens.access_token)).status).toBe(200);
    const body = bodyFor(operation);
    const target = path.replace('{id}', spell(user.id)).replace(/\{\w+\}/, itemId);
    const answer: Answer = await api.request(target, {
      method: method.toUpperCase(),
      headers: callers(path, user)[caller] ?? {},
      ...(body && { body }),
    });
    const after = (await me(api, user.tokens.access_token)).status;
    const acts = await api.database.query(
      'SELECT action, actor_kind FROM audit_log WHERE target_id = $1 ORDER BY id',
      [user.id],
    );
    const keys = Object.keys(answer.body).filter((key) => !key.endsWith('_id'));
    return { status: answer.status, keys, id: answer.body['id'] === user.id, after, acts };
  }

  it('has the same effect as in lower case on every route and for every caller', async () => {
    const operations = operationsOf(description).filter(({ path }) => /\{\w*[iI]d\}/.test(path));
    expect(operations.length).toBeGreaterThan(5);
    for (const each of operations) {
      const { operationId } = each.operation;
      const results = await Promise.all(
        Object.keys(callers(each.path, admin)).map(async (caller) => {
          const small = await outcome(each, caller, asIs);
          const large = await outcome(each, caller, capitals);
          expect([operationId, caller, large]).toEqual([operationId, caller, small]);
          return small.status;
        }),
      );
      const done = results.some((status) => status < 300);
      expect([operationId, done]).toEqual([operationId, !NEED_A_FACTOR.has(operationId)]);
    }
  });

  it('gives the same results in queries and cursors', async () => {
    const first = await signedIn(api);
    await signedIn(api);
    const idsOf = async (path: string) => {
      const { body } = await api.as('service').get<{ items: { id: string }[] }>(path);
      return body.items.map(({ id }) => id);
    };
    const acts = await idsOf(`/admin/audit?target_id=${first.id}`);
    expect(acts).not.toEqual([]);
    expect(await idsOf(`/admin/audit?target_id=${capitals(first.id)}`)).toEqual(acts);
    const cursor = (key: string[]) => Buffer.from(JSON.stringify(key)).toString('base64url');
    for (const path of ['/users?', '/admin/audit?']) {
      const [newest = '', ...others] = await idsOf(path);
      expect(await idsOf(`${path}cursor=${cursor([capitals(newest)])}`)).toContain(others[0]);
      expect(await idsOf(`${path}cursor=${cursor([capitals(newest)])}`)).not.toContain(newest);
    }
  });

  it('is the same request under one Idempotency-Key', async () => {
    const { id } = await signedIn(api);
    const change = (spelled: string) =>
      api.as('service').post(`/users/${spelled}/tier`, { tier: 'free' }, { 'idempotency-key': id });
    expect((await change(id)).status).toBe(200);
    expect((await change(capitals(id))).status).toBe(200);
  });
});
