import type { Attributes, Counter } from '@opentelemetry/api';

import { fromZero } from './from-zero.js';

it('starts the series of every combination of labels at zero', () => {
  const added: [number, Attributes | undefined][] = [];
  const counter = {
    add: (value: number, labels?: Attributes) => void added.push([value, labels]),
  } as Counter;
  expect(fromZero(counter, { name: ['a', 'b'], result: ['x', 'y'] })).toBe(counter);
  expect(added).toEqual([
    [0, { name: 'a', result: 'x' }],
    [0, { name: 'a', result: 'y' }],
    [0, { name: 'b', result: 'x' }],
    [0, { name: 'b', result: 'y' }],
  ]);
});
