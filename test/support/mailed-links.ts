import type { MailTemplate } from '../../src/platform/mail/messages/mail.js';
import { createUser, login, PASSWORD, signedIn } from './accounts.js';
import { browserSession } from './browser-session.js';
import type { Caller } from './caller.js';
import { invite } from './invitations.js';
import { uniqueEmail } from './users.js';

/** The password that links set. */
export const NEXT_PASSWORD = 'another-long-passphrase';

/** A mailed link, and the form behind it. */
export interface MailedLink {
  readonly name: string;
  readonly page: string;
  /** Where the form goes, if not to the page itself. */
  readonly action?: string;
  readonly fields?: Readonly<Record<string, string>>;
  /** Where the browser is led once the link has done its work. */
  readonly leadsTo: string;
  readonly template: MailTemplate;
  /** Has the mail sent. @returns its address. */
  readonly send: (api: Caller & { readonly url: string }) => Promise<string>;
}

/** Every mailed link with a token. */
export const mailedLinks: readonly MailedLink[] = [
  {
    name: 'confirms the address of a new account',
    page: '/verify-email',
    leadsTo: '/sign-in?notice=verified',
    template: 'welcome',
    send: async (api) => (await createUser(api)).email,
  },
  {
    name: 'sets the first password',
    page: '/verify-email',
    action: '/reset-password',
    fields: { password: NEXT_PASSWORD },
    leadsTo: '/sign-in?notice=password-set',
    template: 'welcome',
    send: async (api) => (await createUser(api, { password: null })).email,
  },
  {
    name: 'confirms a changed address',
    page: '/verify-email',
    leadsTo: '/sign-in?notice=verified',
    template: 'verify_email',
    send: async (api) => {
      const { id } = await createUser(api);
      const email = uniqueEmail();
      await api.as('service').patch(`/users/${id}`, { email });
      return email;
    },
  },
  {
    name: 'resets a password',
    page: '/reset-password',
    fields: { password: NEXT_PASSWORD },
    leadsTo: '/sign-in?notice=password-set',
    template: 'password_reset',
    send: async (api) => {
      const { email } = await createUser(api);
      await browserSession(api.url).submit('/forgot-password', { email });
      return email;
    },
  },
  {
    name: 'accepts an invitation',
    page: '/invitation',
    fields: { name: 'Grace', password: NEXT_PASSWORD },
    leadsTo: '/sign-in?notice=invited',
    template: 'invitation',
    send: async (api) => (await invite(api.as('service'))).email,
  },
  {
    name: 'disowns a sign-in',
    page: '/not-me',
    leadsTo: '/not-me?notice=secured',
    template: 'new_device',
    send: async (api) => {
      const { email } = await signedIn(api);
      await login(api, email, PASSWORD, { 'user-agent': 'another' });
      return email;
    },
  },
];
