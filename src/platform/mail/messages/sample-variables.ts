import type { Mail, MailTemplate } from './mail.js';
import { variablesOf } from './mail-links.js';

/** As long as a real one, and never valid. */
const TOKEN = 'sample-token-without-effect-000000000000000';
const NAME = 'Ada Lovelace';

/** Sample values of the variables that a template has. */
export function sampleOf(template: MailTemplate, locale: string): Mail['variables'] {
  const variables = variablesOf(template);
  return {
    locale,
    ...(variables.includes('name') && { name: NAME }),
    ...(variables.includes('token') && { token: TOKEN }),
  };
}
