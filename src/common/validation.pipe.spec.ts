import type { ArgumentMetadata } from '@nestjs/common';
import { z } from 'zod';

import { type InputFault, RequestInvalid } from './problem.js';
import { ValidationPipe } from './validation.pipe.js';

const pipe = new ValidationPipe();
const body = z.strictObject({
  name: z.string({ error: 'must be text' }),
  age: z.int({ error: 'must be a whole number' }).optional(),
  address: z.strictObject({ city: z.string() }).optional(),
  tags: z.array(z.string({ error: 'must be text' })).optional(),
});

async function faultsOf(value: unknown, metadata: Partial<ArgumentMetadata> = {}) {
  const outcome: unknown = await pipe
    .transform(value, { type: 'body', schema: body, ...metadata } as ArgumentMetadata)
    .catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(RequestInvalid);
  return (outcome as RequestInvalid).faults as InputFault[];
}

describe('ValidationPipe', () => {
  it('names every bad field at once', async () => {
    expect(await faultsOf({ name: 5, age: 1.5, tags: ['a', 6] })).toEqual([
      { pointer: '/name', detail: 'must be text' },
      { pointer: '/age', detail: 'must be a whole number' },
      { pointer: '/tags/1', detail: 'must be text' },
    ]);
  });

  it('names each unknown key, nested ones too, with its pointer escaped', async () => {
    const faults = await faultsOf({ name: 'a', 'a/b~c': 1, x: 2, address: { city: 'b', zip: 1 } });
    expect(faults.map(({ pointer }) => pointer).toSorted()).toEqual([
      '/address/zip',
      '/a~1b~0c',
      '/x',
    ]);
    expect(new Set(faults.map(({ detail }) => detail))).toEqual(new Set(['is not a known field']));
  });

  it('names the required fields when there is no body', async () => {
    expect(await faultsOf(undefined)).toEqual([{ pointer: '/name', detail: 'must be text' }]);
  });

  it.each([null, [], 'text', 5])('points to the whole body when it is %j', async (value) => {
    expect(await faultsOf(value)).toEqual([
      { pointer: '', detail: 'is missing or has the wrong type' },
    ]);
  });

  it('cuts huge names', async () => {
    const [fault] = await faultsOf({ name: 'a', ['x'.repeat(5000)]: 1 });
    expect(fault?.pointer).toBe(`/${'x'.repeat(100)}`);
  });

  it('points into the query string by name', async () => {
    const schema = z.strictObject({
      limit: z.string().regex(/^\d+$/, { error: 'must be a number' }),
    });
    expect(await faultsOf({ limit: 'x' }, { type: 'query', schema })).toEqual([
      { pointer: 'query/limit', detail: 'must be a number' },
    ]);
    expect(await faultsOf({ limit: '1', page: '2' }, { type: 'query', schema })).toEqual([
      { pointer: 'query/page', detail: 'is not a known field' },
    ]);
  });

  it('names every unknown parameter of the query string', async () => {
    const schema = z.strictObject({});
    const faults = await faultsOf({ page: '1', size: '2' }, { type: 'query', schema });
    expect(faults.map(({ pointer }) => pointer)).toEqual(['query/page', 'query/size']);
  });

  it('points to a path parameter by name', async () => {
    const schema = z.uuid({ error: 'must be a UUID' });
    expect(await faultsOf('me', { type: 'param', data: 'id', schema })).toEqual([
      { pointer: 'path/id', detail: 'must be a UUID' },
    ]);
  });

  it('hands on the parsed value', async () => {
    const schema = z.object({ name: z.string().trim() });
    const metadata = { type: 'body', schema } as ArgumentMetadata;
    await expect(pipe.transform({ name: ' a ' }, metadata)).resolves.toEqual({ name: 'a' });
  });

  it('lets parameters without a schema be', async () => {
    await expect(pipe.transform(5, { type: 'custom' })).resolves.toBe(5);
  });
});
