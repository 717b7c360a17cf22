import type { Mail, MailTemplate } from './mail.js';
import type { PublicUrl } from './public-url.js';

interface Text {
  readonly subject: string;
  /** Where the link with the token leads; notices have none. */
  readonly path?: string;
  readonly lead: string;
  /** The token has no effect and is omitted. */
  readonly tokenless?: true;
}

const texts: Record<MailTemplate, Text> = {
  welcome: {
    subject: 'Welcome',
    path: '/verify-email',
    lead: 'your account is ready. Please confirm your address, or set your first password, with this link:',
  },
  verify_email: {
    subject: 'Please confirm your address',
    path: '/verify-email',
    lead: 'please confirm your address with this link:',
  },
  password_reset: {
    subject: 'Set a new password',
    path: '/reset-password',
    lead: 'a new password was asked for. If it was you, set it with this link; if not, ignore this mail:',
  },
  account_exists: {
    subject: 'You have an account already',
    path: '/sign-in',
    lead: 'somebody, perhaps you, signed up with your address, which has an account already. Nothing was changed. Sign in, or ask for a new password, here:',
    tokenless: true,
  },
  new_device: {
    subject: 'New sign-in to your account',
    path: '/not-me',
    lead: 'somebody signed in to your account from a new network or with a new program. If it was you, ignore this mail. If not, end all sessions and void your password with this link:',
  },
  invitation: {
    subject: 'You are invited',
    path: '/accept-invitation',
    lead: 'you are invited to have an account here. Choose its password with this link:',
  },
  email_changed: {
    subject: 'Your address was changed',
    lead: 'the address of your account was changed to another one. If this was not you, please contact us at once.',
  },
  factor_added: {
    subject: 'A second factor was added',
    lead: 'a second factor was added to your account. If this was not you, please set a new password and contact us at once.',
  },
  factor_removed: {
    subject: 'A second factor was removed',
    lead: 'a second factor was removed from your account. If this was not you, please set a new password and contact us at once.',
  },
  identity_added: {
    subject: 'A way to sign in was added',
    lead: 'your account can be signed in to through another identity provider from now on. If this was not you, please set a new password and contact us at once.',
  },
  identity_removed: {
    subject: 'A way to sign in was removed',
    lead: 'an identity provider was removed from the ways to sign in to your account. If this was not you, please set a new password and contact us at once.',
  },
  factor_guessed: {
    subject: 'Somebody has your password',
    lead: 'somebody has entered your password and many wrong codes for your second factor. Your account is safe so far. If this was not you, please set a new password.',
  },
  password_breached: {
    subject: 'Please change your password',
    lead: 'your password is in a list of passwords that became public when data was stolen elsewhere. Others can try it with your address. Please set another one, here and wherever else you use it.',
  },
  recovery_code_used: {
    subject: 'A recovery code was used',
    lead: 'one of your recovery codes was used. If this was not you, please set a new password and contact us at once.',
  },
};

/** Mails as plain text, for the transports that do not render templates themselves. */
export class MailRenderer {
  /** @param publicUrl base of the links, which may be unknown at start. */
  constructor(private readonly publicUrl: Pick<PublicUrl, 'base'>) {}

  render({ template, variables: { name, token } }: Mail): { subject: string; text: string } {
    const { subject, path, lead, tokenless } = texts[template];
    const greeting = `Hello${name === undefined ? '' : ` ${name}`},\n\n${lead}\n`;
    if (path === undefined) return { subject, text: greeting };
    const page = `${this.publicUrl.base}${path}`;
    const end =
      tokenless === true || token === undefined
        ? `${page}\n`
        : `${page}?token=${encodeURIComponent(token)}\n\nToken: ${token}\n`;
    return { subject, text: `${greeting}\n${end}` };
  }
}
