import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';

import {
  accounts,
  events,
  observer,
  openSession,
  type Replicas,
  signIn,
  stepUp,
} from '../support/account-events.js';
import { startMailService } from '../support/mail-service.js';
import { PASSKEY_SETTINGS } from '../support/passkeys.js';
import { testApi } from '../support/test-api.js';

const PAGE = new URL('../../docs/security.md', import.meta.url);
const HEADING = '## What events do to an account';

const dataKey = () => randomBytes(32).toString('base64');
const [OLD, NEW] = [dataKey(), dataKey()];
let replicas: Replicas;

beforeAll(async () => {
  const mails = await startMailService();
  const description = testApi(PASSKEY_SETTINGS).withMails(mails);
  const old = await description.with({ DATA_KEY: `${OLD},${NEW}`, JWT_SECRET: 'old' }).start();
  const replaced = await description
    .on(old.database)
    .withoutJobs()
    .with({ DATA_KEY: NEW, JWT_SECRET: 'new' })
    .start();
  replicas = { old, replaced, mails, dataKeys: `${NEW},${OLD}` };
});

afterAll(async () => {
  await replicas?.replaced.stop();
  await replicas?.old.stop();
  await replicas?.mails.stop();
});

/** The rows of the table on the page: event, factors, and the three cells that are checked. */
function documented(): string[][] {
  const [, section = ''] = readFileSync(PAGE, 'utf8').split(HEADING);
  const [table = ''] = section.split('\n## ');
  return table
    .split('\n')
    .filter((line) => /^\| (?!event|-)/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

async function observed(event: string, factors: string): Promise<string[]> {
  const account = await accounts[factors]?.(replicas);
  if (account === undefined) throw new Error(`no such account: ${factors}`);
  await events[event]?.(replicas, account);
  const api = observer(replicas, event);
  const before = await openSession(api, account);
  const { asked, tokens } = await signIn(api, account);
  return [event, factors, asked, await stepUp(api, account, tokens), before];
}

describe('what events do to sign-in, step-up and open sessions', () => {
  const rows = documented();

  it('is documented for each event and each kind of account', () => {
    const cells = Object.keys(events).flatMap((event) =>
      Object.keys(accounts).map((factors) => [event, factors]),
    );
    expect(rows.map(([event, factors]) => [event, factors])).toEqual(cells);
  });

  it.each(rows)('is as documented when %s, with factors: %s', async (...row) => {
    const [event = '', factors = ''] = row;
    expect(await observed(event, factors)).toEqual(row);
  });
});
