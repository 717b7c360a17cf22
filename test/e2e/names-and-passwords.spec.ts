import { bearer, signedIn, startReady, superuser } from '../support/accounts.js';
import { asService, expectProblem } from '../support/http.js';
import type { Service } from '../support/service.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { signUp } from '../support/users.js';

let database: TestDatabase;
let service: Service;

beforeAll(async () => {
  database = await createTestDatabase();
  service = await startReady({ DATABASE_URL: database.url });
});

afterAll(async () => {
  await service?.stop();
  await database?.drop();
});

const create = (body: object, headers = {}) =>
  service.request('/users', { method: 'POST', body, headers });
const patch = (id: string, body: object, headers: Record<string, string>) =>
  service.request(`/users/${id}`, { method: 'PATCH', body, headers });

describe('a name with a web address', () => {
  const name = 'Win at evil.example';
  const refusal = [{ pointer: '/name', detail: 'must not contain a web address' }];

  it('is refused to people who sign up or rename themselves', async () => {
    expect(expectProblem(await create(signUp({ name })), 400, 'request.invalid')).toEqual(refusal);
    const { id, tokens } = await signedIn(service);
    const own = bearer(tokens.access_token);
    expect(expectProblem(await patch(id, { name }, own), 400, 'request.invalid')).toEqual(refusal);
    expect((await patch(id, { name: 'J. R. St.John' }, own)).status).toBe(200);
  });

  it('may be given by superusers and services', async () => {
    const { id, tokens } = await superuser(service, database);
    const root = bearer(tokens.access_token);
    expect((await create(signUp({ name }), root)).status).toBe(201);
    expect((await create(signUp({ name }), asService)).status).toBe(201);
    expect((await patch(id, { name }, root)).status).toBe(200);
    expect((await patch(id, { name: `${name}/2` }, asService)).status).toBe(200);
  });
});
