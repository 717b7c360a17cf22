import { area, inProduction } from '../config/area.js';
import type { Fault } from '../config/env.js';
import { section } from '../config/section.js';
import { seconds, text, timerMilliseconds, whole } from '../config/variable-primitives.js';
import { mailUrl } from '../config/urls/service-url.js';

export const emailArea = area({
  title: 'Mail',
  variables: {
    EMAIL_SERVICE_URL: {
      schema: mailUrl,
      secret: true,
      fallbackText: 'mails go to `DATA_DIR/outbox/`',
      about:
        '`http(s)://` base (POST `<base>/send`) or `smtp(s)://` server. `log:` only logs that a mail was due. Required in production.',
    },
    EMAIL_SERVICE_TOKEN: {
      schema: text(4096),
      secret: true,
      about: 'Bearer token for the mail service.',
    },
    EMAIL_FROM: {
      schema: text(320),
      fallbackText: '`no-reply@<host of PUBLIC_URL>`',
      about: 'Sender of mails sent by SMTP.',
    },
    MAIL_TEMPLATES_DIR: {
      schema: text(),
      about:
        'Folder of own mail templates, `<template>/<language>.liquid`, which replace ours; checked at start. See [mails.md](mails.md).',
    },
    EMAIL_TIMEOUT_MS: {
      schema: timerMilliseconds(1, 120_000),
      fallback: '10000',
      about:
        'Longest that an attempt to hand over a mail may take, from connecting to the last byte.',
    },
    EMAIL_RETRY_LIMIT: {
      schema: whole(0, 100),
      fallback: '8',
      about:
        'Attempts after the first before a mail is a dead letter (`jobs list --state failed`).',
    },
    EMAIL_RETRY_DELAY_SECONDS: {
      schema: seconds(),
      fallback: '1',
      about:
        'Wait before the first retry; it doubles each time, up to `EMAIL_RETRY_DELAY_MAX_SECONDS`.',
    },
    EMAIL_RETRY_DELAY_MAX_SECONDS: {
      schema: seconds(),
      fallback: '900',
      about: 'Longest wait between two attempts.',
    },
  },
  rules: [
    {
      variable: 'EMAIL_SERVICE_URL',
      check: inProduction(
        'is required in production (log: switches mail off knowingly)',
        (env) => env.EMAIL_SERVICE_URL === undefined,
      ),
    },
  ],
});

export const emailConfig = section(
  'email',
  emailArea,
  (env) => ({
    serviceUrl: env.EMAIL_SERVICE_URL,
    token: env.EMAIL_SERVICE_TOKEN,
    from: env.EMAIL_FROM,
    templatesFolder: env.MAIL_TEMPLATES_DIR,
    timeoutMs: env.EMAIL_TIMEOUT_MS,
    retryLimit: env.EMAIL_RETRY_LIMIT,
    retryDelaySeconds: env.EMAIL_RETRY_DELAY_SECONDS,
    retryDelayMaxSeconds: env.EMAIL_RETRY_DELAY_MAX_SECONDS,
  }),
  { inspect: async ({ templatesFolder }) => faultsOfFolder(templatesFolder) },
);

/** The engine of templates is loaded only where somebody has own ones. */
async function faultsOfFolder(folder: string | undefined): Promise<Fault[]> {
  if (folder === undefined) return [];
  const { faultsOf } = await import('./templates/template-check.js');
  return (await faultsOf(folder)).map((rule) => ({ name: 'MAIL_TEMPLATES_DIR', rule }));
}
