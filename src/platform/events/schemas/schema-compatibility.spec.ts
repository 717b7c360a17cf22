import { breaks, type JsonSchema } from './schema-compatibility.js';

const old: JsonSchema = {
  type: 'object',
  properties: {
    version: { type: 'integer', minimum: 1 },
    tier: { type: 'string', enum: ['free', 'pro'] },
    changed: { type: 'array', items: { type: 'string' } },
  },
  required: ['version', 'tier'],
};
const properties = old.properties ?? {};

describe('a schema of events', () => {
  it.each([
    ['stays as it is', old],
    ['has another field', { ...old, properties: { ...properties, more: { type: 'string' } } }],
    [
      'promises a field that could be missing',
      { ...old, required: ['version', 'tier', 'changed'] },
    ],
    [
      'has a value less',
      { ...old, properties: { ...properties, tier: { type: 'string', enum: ['free'] } } },
    ],
  ])('breaks nothing when it %s', (_what, now) => {
    expect(breaks(old, now)).toEqual([]);
  });

  it.each([
    ['a field may be missing', { ...old, required: ['version'] }, 'data.tier may be missing'],
    [
      'a field is gone',
      { ...old, properties: { version: properties['version'], tier: properties['tier'] } },
      'data.changed is gone',
    ],
    [
      'a field has another type',
      { ...old, properties: { ...properties, version: { type: 'string', minimum: 1 } } },
      'data.version has another type',
    ],
    [
      'a value is new',
      { ...old, properties: { ...properties, tier: { type: 'string', enum: ['free', 'gold'] } } },
      'data.tier may be "gold"',
    ],
    [
      'any value may come',
      { ...old, properties: { ...properties, tier: { type: 'string' } } },
      'data.tier may be anything',
    ],
    [
      'elements have another type',
      {
        ...old,
        properties: { ...properties, changed: { type: 'array', items: { type: 'integer' } } },
      },
      'data.changed[] has another type',
    ],
  ])('breaks receivers when %s', (_what, now, fault) => {
    expect(breaks(old, now as JsonSchema)).toEqual([fault]);
  });
});
