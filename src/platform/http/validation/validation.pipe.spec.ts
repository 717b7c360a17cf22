import type { ArgumentMetadata } from '@nestjs/common';
import { z } from 'zod';

import { type InputFault, RequestInvalid } from '../../problems/problem.js';
import { ValidationPipe } from './validation.pipe.js';

const pipe = new ValidationPipe();
const body = z.strictObject({
  name: z.string({ error: 'must be text' }),
  age: z.int({ error: 'must be a whole number' }).optional(),
  address: z.strictObject({ city: z.string() }).optional(),
  tags: z.array(z.string({ error: 'must be text' })).optional(),
});

function faultsOf(value: unknown, metadata: Partial<ArgumentMetadata> = {}): readonly InputFault[] {
  try {
    pipe.transform(value, { type: 'body', schema: body, ...metadata } as ArgumentMetadata);
  } catch (error) {
    if (error instanceof RequestInvalid) return error.faults;
    throw error;
  }
  throw new Error('the input was accepted');
}

describe('ValidationPipe', () => {
  it('names all invalid fields at once', () => {
    expect(faultsOf({ name: 5, age: 1.5, tags: ['a', 6] })).toEqual([
      { pointer: '/name', detail: 'must be text' },
      { pointer: '/age', detail: 'must be a whole number' },
      { pointer: '/tags/1', detail: 'must be text' },
    ]);
  });

  it('names each unknown key, including nested ones, with an escaped pointer', () => {
    const faults = faultsOf({ name: 'a', 'a/b~c': 1, x: 2, address: { city: 'b', zip: 1 } });
    expect(faults.map(({ pointer }) => pointer).toSorted()).toEqual([
      '/address/zip',
      '/a~1b~0c',
      '/x',
    ]);
    expect(new Set(faults.map(({ detail }) => detail))).toEqual(new Set(['is not a known field']));
  });

  it('names the required fields when there is no body', () => {
    expect(faultsOf(undefined)).toEqual([{ pointer: '/name', detail: 'is missing' }]);
  });

  it.each([null, [], 'text', 5])('points to the whole body when it is %j', (value) => {
    expect(faultsOf(value)).toEqual([{ pointer: '', detail: 'has the wrong type' }]);
  });

  it('truncates long names', () => {
    const [fault] = faultsOf({ name: 'a', ['x'.repeat(5000)]: 1 });
    expect(fault?.pointer).toBe(`/${'x'.repeat(100)}`);
  });

  it('points into the query string by name', () => {
    const schema = z.strictObject({
      limit: z.string().regex(/^\d+$/, { error: 'must be a number' }),
    });
    expect(faultsOf({ limit: 'x' }, { type: 'query', schema })).toEqual([
      { pointer: 'query/limit', detail: 'must be a number' },
    ]);
    expect(faultsOf({ limit: '1', page: '2' }, { type: 'query', schema })).toEqual([
      { pointer: 'query/page', detail: 'is not a known field' },
    ]);
  });

  it('names every unknown parameter of the query string', () => {
    const schema = z.strictObject({});
    const faults = faultsOf({ page: '1', size: '2' }, { type: 'query', schema });
    expect(faults.map(({ pointer }) => pointer)).toEqual(['query/page', 'query/size']);
  });

  it('points to a path parameter by name', () => {
    const schema = z.uuid({ error: 'must be a UUID' });
    expect(faultsOf('me', { type: 'param', data: 'id', schema })).toEqual([
      { pointer: 'path/id', detail: 'must be a UUID' },
    ]);
  });

  it('passes the parsed value on', () => {
    const schema = z.object({ name: z.string().trim() });
    const metadata = { type: 'body', schema } as ArgumentMetadata;
    expect(pipe.transform({ name: ' a ' }, metadata)).toEqual({ name: 'a' });
  });

  it('ignores parameters without a schema', () => {
    expect(pipe.transform(5, { type: 'custom' } as ArgumentMetadata)).toBe(5);
  });
});
