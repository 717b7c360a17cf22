/** Templates of mails with a token. */
export const tokenTemplates = [
  'welcome',
  'verify_email',
  'password_reset',
  'account_exists',
  'new_device',
] as const;
/** Notices need no confirmation. */
export const noticeTemplates = [
  'email_changed',
  'password_breached',
  'factor_added',
  'factor_removed',
  'recovery_code_used',
  'factor_guessed',
  'identity_added',
  'identity_removed',
] as const;
/** Has a token, too, but goes to somebody who is no user yet. */
const invitationTemplate = 'invitation';
/** Each has a folder in `mails`, with a file for each language. */
export const mailTemplates = [...tokenTemplates, ...noticeTemplates, invitationTemplate] as const;
export type MailTemplate = (typeof mailTemplates)[number];

/** One mail, ready to be sent. */
export interface Mail {
  readonly to: string;
  readonly template: MailTemplate;
  /**
   * A token only if the template has one. The name, which anybody may have entered, only for a
   * confirmed address. The locale, a BCP 47 tag, decides the language.
   */
  readonly variables: { readonly name?: string; readonly token?: string; readonly locale: string };
  /** Id of the job: the same for every delivery attempt of this mail. */
  readonly idempotencyKey: string;
}

/** A mail in the words of its language. */
export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The port for sending mails. */
export abstract class MailTransport {
  /** Maximum concurrent deliveries. */
  readonly concurrency: number = Infinity;

  /**
   * Delivers the mail.
   * @param signal ends the attempt and closes its connection.
   * @returns the answer of what took it, which may contain the address: not for logs.
   * @throws MailRefused, MailDeferred, MailPostponed; anything else is a failure of the service.
   */
  abstract send(mail: Mail, signal: AbortSignal): Promise<string>;

  /** Whether the service behind it answers; `signal` ends the attempt. */
  abstract isUp(signal: AbortSignal): Promise<boolean>;

  /** Closes what is open. */
  close(): void {}
}
