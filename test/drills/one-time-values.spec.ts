import type { Answer } from '../support/caller.js';
import { sized } from '../support/drill-length.js';
import { type MailService, startMailService } from '../support/mail-service.js';
import { type OidcServer, startOidcServer } from '../support/oidc-server.js';
import {
  type OneTimeValue,
  oneTimeValues,
  settingsFor,
  type Use,
} from '../support/one-time-values.js';
import { type Api, testApi } from '../support/test-api.js';

const CALLERS = 64;
const ROUNDS = sized(3, 50);
/** 64 passwords a round are hashed where a value comes with one. */
const PATIENT_MS = sized(120_000, 1_200_000);
/** Wrong, used, or gone. */
const REFUSED = new Set([400, 401, 404]);
let mails: MailService;
let provider: OidcServer;
let replicas: Api[];

beforeAll(async () => {
  [mails, provider] = await Promise.all([startMailService(), startOidcServer()]);
  const description = testApi().withMails(mails).with(settingsFor(provider));
  const one = await description.start();
  replicas = [one, await description.on(one.database).withoutJobs().start()];
});

afterAll(async () => {
  for (const replica of replicas?.toReversed() ?? []) await replica.stop();
  await Promise.all([mails?.stop(), provider?.stop()]);
});

/** Asks again where the service is busy: that says nothing about the value. */
async function admitted(ask: () => Promise<Answer<object>>): Promise<Answer<object>> {
  const answer = await ask();
  return answer.status === 503 ? admitted(ask) : answer;
}

const ofAllCallers = (use: Use) =>
  Promise.all(
    Array.from({ length: CALLERS }, (_, caller) =>
      admitted(() => use(replicas[caller % replicas.length] as Api, caller)),
    ),
  );

/** One round. @returns how often the value worked, and the statuses of all other answers. */
async function race({ make, uses = ({ length }) => length }: OneTimeValue) {
  const use = await make({ api: replicas[0] as Api, mails, provider, callers: CALLERS });
  const answers = await ofAllCallers(use);
  const successes = answers.filter(({ status }) => status < 300);
  const others = new Set(answers.map(({ status }) => status).filter((status) => status >= 300));
  return {
    uses: uses(successes),
    unexpected: [...others].filter((status) => !REFUSED.has(status)),
  };
}

describe('of 64 callers at once on two replicas', () => {
  it.each(oneTimeValues.map((value) => [value.name, value] as const))(
    'one uses %s',
    async (_name, value) => {
      const rounds: object[] = [];
      for (let round = 0; round < ROUNDS; round += 1) rounds.push(await race(value));
      expect(rounds).toEqual(Array.from({ length: ROUNDS }, () => ({ uses: 1, unexpected: [] })));
    },
    PATIENT_MS,
  );
});
