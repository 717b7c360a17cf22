import { Ajv2020, type AnySchema } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

import { sharedApi } from '../support/shared-api.js';
import type { RunningApi } from '../support/test-api.js';
import { featureContracts } from '../support/feature-contracts.js';
import { runCommand } from '../support/warm-process.js';
import { type Description, operationsOf, resolve } from '../support/openapi.js';
import { signUp } from '../support/users.js';

const PROBLEM = 'application/problem+json';

describe('the API description', () => {
  let api: RunningApi;
  let description: Description;

  beforeAll(async () => {
    api = await sharedApi();
    description = (await api.get<Description>('/openapi.json')).body;
  });

  /** A validator of a schema of the description, as JSON Schema 2020-12, strictly. */
  function validator(schema: AnySchema) {
    const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true });
    addFormats.default(ajv);
    ajv.addFormat('password', true);
    ajv.addVocabulary(['components', 'example']);
    ajv.addSchema({ $id: 'doc:', components: description.components });
    return ajv.compile(
      JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"doc:#/')) as AnySchema,
    );
  }

  it('is OpenAPI 3.1 with a title, a version and a license', () => {
    expect(description).toMatchObject({
      openapi: '3.1.0',
      info: {
        title: expect.any(String) as string,
        version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
        license: { name: 'MIT' },
      },
    });
  });

  it('has no dangling references', () => {
    const references = [...JSON.stringify(description).matchAll(/"\$ref":"([^"]+)"/g)];
    expect(references.length).toBeGreaterThan(5);
    for (const [, reference = ''] of references)
      expect([reference, resolve(description, reference)]).not.toContain(undefined);
  });

  it('has schemas that are valid JSON Schema 2020-12, with examples that fit them', () => {
    const schemas = Object.entries(description.components.schemas);
    expect(schemas.map(([name]) => name)).toEqual(
      expect.arrayContaining(['CreateUser', 'Problem', 'UpdateUser', 'User', 'UserPage']),
    );
    for (const [name, schema] of schemas) {
      const validate = validator(schema);
      const { examples = [] } = schema as { examples?: unknown[] };
      for (const example of examples)
        expect([name, validate(example), validate.errors]).toEqual([name, true, null]);
    }
  });

  it('has an id, a summary, path parameters and problems with examples for each operation', () => {
    const operations = operationsOf(description).filter(({ path }) => path.startsWith('/users'));
    const ofFeatures = Object.keys(featureContracts().routes)
      .map(asOperation)
      .filter((name) => name.includes(' /users'));
    expect(operations.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(
      [
        'delete /users/{id}',
        'delete /users/{id}/sessions',
        'get /users',
        'get /users/me',
        'get /users/{id}',
        'get /users/{id}/export',
        'get /users/{id}/sessions',
        'patch /users/{id}',
        'post /users',
        'post /users/{id}/tier',
        ...ofFeatures,
      ].toSorted(),
    );
    const validProblem = validator({ $ref: '#/components/schemas/Problem' });
    for (const { path, operation } of operations) {
      expect(operation).toMatchObject({
        operationId: expect.any(String) as string,
        summary: expect.any(String) as string,
      });
      const inPath = (operation.parameters ?? []).filter((each) => each.in === 'path');
      expect(inPath.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? []);
      expect(Object.keys(operation.responses)).toEqual(
        expect.arrayContaining(['400', '401', '429', '500', '503']),
      );
      for (const [status, response] of Object.entries(operation.responses)) {
        if (Number(status) < 400) continue;
        const examples = Object.values(response.content?.[PROBLEM]?.examples ?? {});
        expect(examples.length).toBeGreaterThan(0);
        for (const { value } of examples) {
          expect(validProblem(value) ? null : validProblem.errors).toBeNull();
          expect(value).toMatchObject({ status: Number(status) });
        }
      }
    }
  });

  it('documents the answer of probes to a wrong credential', () => {
    const probes = operationsOf(description).filter(({ path }) => /^\/(health|ready)$/.test(path));
    expect(probes).toHaveLength(2);
    for (const { operation } of probes)
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['401', '429']));
  });

  it('gives each operation a unique id', () => {
    const ids = operationsOf(description).map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('matches real answers', async () => {
    const body = signUp({ password: 'correct horse battery', tier: 'pro' });
    expect(validator({ $ref: '#/components/schemas/CreateUser' })(body)).toBe(true);
    const created = await api.as('service').post('/users', body);
    const page = await api.as('service').get(`/users?email=${body.email}`);
    const problem = await api.as('service').get('/users/x');
    const health = await api.get('/health');
    const ready = await api.get('/ready');
    for (const [name, answer] of Object.entries({
      User: created,
      UserPage: page,
      Problem: problem,
      Liveness: health,
      Readiness: ready,
    })) {
      const validate = validator({ $ref: `#/components/schemas/${name}` });
      expect([name, validate(answer.body), validate.errors]).toEqual([name, true, null]);
    }
  });

  it('equals the output of the openapi command', async () => {
    const { stdout } = await runCommand(['openapi', '-'], {});
    expect(JSON.parse(stdout)).toEqual(description);
  });
});

/** A route in the words of the description: `GET /users/:id` is `get /users/{id}`. */
function asOperation(route: string): string {
  const [method = '', path = ''] = route.split(' ');
  return `${method.toLowerCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`;
}
