import type { Service } from '../support/service.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { signUp } from '../support/users.js';
import { runCommand, startApi } from '../support/warm-process.js';

describe('programs that run one after another in one process', () => {
  let database: TestDatabase;
  let running: Service[];

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  beforeEach(() => {
    running = [];
  });

  afterEach(async () => {
    for (const service of running) await service.stop();
  });

  afterAll(() => database?.drop());

  async function start(env: Readonly<Record<string, string>> = {}): Promise<Service> {
    const service = await startApi({
      DATABASE_URL: database.url,
      EMAIL_SERVICE_URL: 'log:',
      ...env,
    });
    running.push(service);
    return service;
  }

  const created = async (service: Service) =>
    /^users_created_total\{.*\} ([1-9]\d*)$/m.exec((await service.get('/metrics')).text)?.[1];

  it('see their own variables, arguments and input alone', async () => {
    const name = async (env: Readonly<Record<string, string>>) => {
      const { stdout } = await runCommand(['config', '--json'], env);
      const settings = JSON.parse(stdout) as { name: string; value: string }[];
      return settings.find((each) => each.name === 'SERVICE_NAME')?.value;
    };
    expect(await name({ SERVICE_NAME: 'one' })).toBe('one');
    expect(await name({})).toBe('cloudnative-user-api');
    expect((await runCommand(['no-such-command'], {})).code).toBe(2);
    const args = ['createsuperuser', '--email', 'root@example.com', '--password-stdin'];
    const env = { DATABASE_URL: database.url };
    const input = 'cnry correct horse battery\n';
    expect(await runCommand(args, env)).toMatchObject({ code: 2 });
    expect(await runCommand(args, env, { input })).toMatchObject({ code: 0, stderr: '' });
  });

  it('count and log for themselves', async () => {
    const first = await start({ SERVICE_NAME: 'first', LOG_LEVEL: 'debug' });
    expect((await first.post('/users', signUp())).status).toBe(201);
    expect(await created(first)).toBe('1');
    expect(await first.stop()).toBe(0);
    const second = await start();
    expect(second.process.pid).toBe(first.process.pid);
    expect(await created(second)).toBeUndefined();
    expect((await second.post('/users', signUp())).status).toBe(201);
    expect(await created(second)).toBe('1');
    expect(await second.stop()).toBe(0);
    for (const [service, name, lowest] of [
      [first, 'first', 'DEBUG'],
      [second, 'cloudnative-user-api', 'INFO'],
    ] as const) {
      expect(new Set(service.logs.map((line) => line['service_name']))).toEqual(new Set([name]));
      expect(service.logs.filter(({ message }) => message === 'user created')).toHaveLength(1);
      expect(service.logs.some(({ level }) => level === 'DEBUG')).toBe(lowest === 'DEBUG');
    }
  });

  it('do not end the one that runs in their process now', async () => {
    const first = await start();
    await first.stop();
    const second = await start();
    expect(second.process.pid).toBe(first.process.pid);
    expect(await first.stop()).toBe(0);
    await first.kill();
    expect((await second.get('/health')).status).toBe(200);
  });

  it('have a process each while they run at the same time, and a new one after it was killed', async () => {
    const [one, other] = await Promise.all([start(), start()]);
    expect(one?.process.pid).not.toBe(other?.process.pid);
    await one?.kill();
    expect(await one?.ended).toBeNull();
    expect((await other?.get('/health'))?.status).toBe(200);
    expect((await (await start()).get('/health')).status).toBe(200);
  });

  it('say why they cannot start', async () => {
    await expect(start({ PORT: 'none' })).rejects.toThrow(/ended with 78:\nPORT/);
  });
});
