import type { ReactNode } from 'react';

import { Dialog, type FormValues } from './dialog.js';

interface ConfirmProps {
  title: string;
  submit: string;
  children: ReactNode;
  onClose: () => void;
  /** Does it; a rejection is shown and leaves the dialog open. */
  act: (value: FormValues) => Promise<unknown>;
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialog({ act, children, ...dialog }: ConfirmProps) {
  return (
    <Dialog
      {...dialog}
      danger
      onSubmit={async (value) => {
        await act(value);
        dialog.onClose();
      }}
    >
      {children}
    </Dialog>
  );
}
