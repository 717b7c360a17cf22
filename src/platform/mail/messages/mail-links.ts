import type { Mail, MailTemplate } from './mail.js';

interface Page {
  readonly path: string;
  /** Whether the page uses the token of the mail up. */
  readonly takesToken: boolean;
}

const withToken = (path: string): Page => ({ path, takesToken: true });
const SECURITY: Page = { path: '/account/security', takesToken: false };

/** The page that the link of each mail leads to; a mail to an address that was given up has none. */
const pages: Record<MailTemplate, Page | undefined> = {
  welcome: withToken('/verify-email'),
  verify_email: withToken('/verify-email'),
  password_reset: withToken('/reset-password'),
  new_device: withToken('/not-me'),
  invitation: withToken('/invitation'),
  account_exists: { path: '/sign-in', takesToken: false },
  email_changed: undefined,
  password_breached: SECURITY,
  factor_added: SECURITY,
  factor_removed: SECURITY,
  factor_guessed: SECURITY,
  recovery_code_used: SECURITY,
  identity_added: SECURITY,
  identity_removed: SECURITY,
};

/** The link of a mail; undefined where it has none. @param base of all pages, without a slash at its end. */
export function linkOf(
  { template, variables: { token } }: Pick<Mail, 'template' | 'variables'>,
  base: string,
): string | undefined {
  const page = pages[template];
  if (page === undefined) return undefined;
  const query = page.takesToken && token !== undefined ? `?token=${encodeURIComponent(token)}` : '';
  return `${base}${page.path}${query}`;
}

/** What the texts of a template may use. */
export function variablesOf(template: MailTemplate): readonly string[] {
  const page = pages[template];
  return [
    'brand',
    'locale',
    'site',
    ...(template === 'invitation' ? [] : ['name']),
    ...(page ? ['link'] : []),
    ...(page?.takesToken === true ? ['token'] : []),
  ];
}

/** Of these, the texts have to use one: without it, the mail would be of no use. */
export function neededOf(template: MailTemplate): readonly string[] {
  return variablesOf(template).filter((name) => name === 'link' || name === 'token');
}
