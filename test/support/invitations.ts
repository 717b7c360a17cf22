import type { Answer, Caller } from './caller.js';
import { PASSWORD } from './accounts.js';
import type { MailService } from './mail-service.js';
import { uniqueEmail } from './users.js';

export interface TestInvitation {
  readonly id: string;
  readonly email: string;
  readonly name: string | null;
  readonly role: string;
  readonly tier: string;
  readonly invited_by: { readonly kind: string; readonly id: string | null };
  readonly accepted_at: string | null;
  readonly user_id: string | null;
}

/** Invites an unused address. @throws Error if that is refused. */
export async function invite(inviter: Caller, fields: object = {}): Promise<TestInvitation> {
  const body = { email: uniqueEmail(), ...fields };
  const answer = await inviter.post<TestInvitation>('/invitations', body);
  if (answer.status !== 201) throw new Error(`no invitation: ${answer.status} ${answer.text}`);
  return answer.body;
}

/** The token of the nth mail to an invited address. */
export async function mailedToken(
  mails: MailService,
  { email }: Pick<TestInvitation, 'email'>,
  nth = 1,
): Promise<string> {
  return (await mails.mailed(email, 'invitation', nth)).variables.token;
}

/** Accepts an invitation. */
export function accept(api: Caller, token: string, fields: object = {}): Promise<Answer> {
  return api.post('/auth/invitations/accept', {
    token,
    name: 'Grace',
    password: PASSWORD,
    ...fields,
  });
}
