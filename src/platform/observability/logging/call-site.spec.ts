import { callSite } from './call-site.js';

describe('callSite', () => {
  it('names file, function and line of the caller', () => {
    // Jest's source maps rename functions; test/e2e/logs.spec.ts checks the name in built code.
    expect(callSite()).toEqual({
      module: 'call-site.spec',
      function: expect.any(String) as string,
      line: 6,
    });
  });
});
