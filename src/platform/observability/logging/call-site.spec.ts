import { callSite } from './call-site.js';

describe('callSite', () => {
  it('names file, function and line of the caller', () => {
    const caller = () => callSite();
    expect(caller()).toEqual({ module: 'call-site.spec', function: 'caller', line: 5 });
  });
});
