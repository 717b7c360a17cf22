/** Templates that the mail service knows; ours render them for SMTP and the outbox. */
export const tokenTemplates = [
  'welcome',
  'verify_email',
  'password_reset',
  'account_exists',
] as const;
/** Notices say what happened; there is nothing to confirm. */
export const noticeTemplates = ['email_changed'] as const;
export const mailTemplates = [...tokenTemplates, ...noticeTemplates] as const;
export type MailTemplate = (typeof mailTemplates)[number];

/** One mail, ready to be sent. */
export interface Mail {
  readonly to: string;
  readonly template: MailTemplate;
  /**
   * A token only where the template has one. The name, which anybody may have written, only where
   * the owner of the address has confirmed it.
   */
  readonly variables: { readonly name?: string; readonly token?: string };
  /** Id of the job: the same for every delivery attempt of this mail. */
  readonly idempotencyKey: string;
}

/** The way mails leave this service. */
export abstract class MailTransport {
  /** Mails that it can hand over at once. */
  readonly concurrency: number = Infinity;

  /**
   * Hands the mail over.
   * @param signal ends the attempt, and what it holds open.
   * @throws MailRefused, MailDeferred, MailPostponed; anything else is a failure of the service.
   */
  abstract send(mail: Mail, signal: AbortSignal): Promise<void>;

  /** Whether the service behind it answers; `signal` ends the attempt. */
  abstract isUp(signal: AbortSignal): Promise<boolean>;

  /** Closes what is open. */
  close(): void {}
}
