import { offerServers, sharedServer } from '../support/shared-servers.js';

const ended: string[] = [];
const starts: string[] = [];
let end: () => Promise<void>;

const start = (name: string) => () => {
  starts.push(name);
  return Promise.resolve({ address: name, end: () => Promise.resolve(ended.push(name)) });
};

beforeAll(async () => {
  const broken = () => Promise.reject(new Error('the port is taken'));
  end = await offerServers({ used: start('used'), unused: start('unused'), broken });
});

describe('servers that suites share', () => {
  it('start once, with the first suite that asks, however many ask at the same moment', async () => {
    expect(starts).toEqual([]);
    const addresses = await Promise.all([1, 2, 3].map(() => sharedServer('used')));
    expect(addresses).toEqual(['used', 'used', 'used']);
    expect(starts).toEqual(['used']);
  });

  it('fail those alone who ask for them where they do not start', async () => {
    await expect(sharedServer('broken')).rejects.toThrow('the port is taken');
    await expect(sharedServer('unknown')).rejects.toThrow('there is no shared unknown');
    expect(await sharedServer('used')).toBe('used');
  });

  it('end with the run, those that were started', async () => {
    await end();
    expect(ended).toEqual(['used']);
  });
});
