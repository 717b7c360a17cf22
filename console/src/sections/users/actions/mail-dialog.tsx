import { act, api } from '../../../access/api.js';
import { Dialog, type FormValues } from '../../../components/dialog.js';
import { Choice } from '../../../components/field.js';
import { useChanged } from './use-changed.js';
import type { ActionProps } from './user-actions.js';

const mails = {
  verification: '/auth/verify-email/resend',
  reset: '/auth/password/forgot',
} as const;

/** Sends a mail with a link once more. */
export function MailDialog({ versioned: { user }, onClose }: ActionProps) {
  const changed = useChanged(user.id);
  const options = [
    ...(user.email_verified ? [] : [['verification', 'Confirm the address'] as const]),
    ['reset', 'Set a new password'] as const,
  ];
  const send = async (value: FormValues) => {
    const path = mails[value('mail') as keyof typeof mails];
    await act(() => api.POST(path, { body: { email: user.email } }));
    onClose();
    await changed('The mail is on its way.');
  };
  return (
    <Dialog title="Send a mail" submit="Send" onClose={onClose} onSubmit={send}>
      <Choice label="Mail with a link to" name="mail" options={options} />
      <p className="soft">It goes to {user.email}, ten times an hour at most.</p>
    </Dialog>
  );
}
