import { offerServers, sharedServer } from '../support/shared-servers.js';

describe('servers that suites share', () => {
  let started: string[];
  let ended: string[];
  let end: () => Promise<void>;

  const server = (name: string, atEnd = () => Promise.resolve()) => ({
    [name]: () => {
      started.push(name);
      return Promise.resolve({ address: name, end: () => atEnd().then(() => ended.push(name)) });
    },
  });

  beforeEach(async () => {
    [started, ended] = [[], []];
    end = await offerServers({
      ...server('used'),
      ...server('unused'),
      ...server('crashed', () => Promise.reject(new Error('it ended with 1'))),
      broken: () => Promise.reject(new Error('the port is taken')),
    });
  });

  afterEach(() => end());

  it('start once, with the first suite that asks, however many ask at the same moment', async () => {
    expect(started).toEqual([]);
    const addresses = await Promise.all([1, 2, 3].map(() => sharedServer('used')));
    expect(addresses).toEqual(['used', 'used', 'used']);
    expect(started).toEqual(['used']);
  });

  it('fail those alone who ask for them where they do not start', async () => {
    await expect(sharedServer('broken')).rejects.toThrow('the port is taken');
    await expect(sharedServer('unknown')).rejects.toThrow('there is no shared unknown');
    expect(await sharedServer('used')).toBe('used');
    await end();
    expect(ended).toEqual(['used']);
  });

  it('end with the run, those that were started', async () => {
    await sharedServer('used');
    await end();
    expect(ended).toEqual(['used']);
  });

  it('fail the end of the run if one has crashed, after the others have ended', async () => {
    for (const name of ['crashed', 'used']) await sharedServer(name);
    await expect(end()).rejects.toThrow('it ended with 1');
    expect(ended).toEqual(['used']);
  });
});
