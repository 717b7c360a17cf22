import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';

import { FieldErrors } from './field.js';
import { ProblemNote } from './problem-note.js';

/** What was typed into the field of a name. */
export interface FormValues {
  (name: string): string;
  /** The boxes of a name that are checked. */
  all: (name: string) => string[];
}

interface DialogProps {
  title: string;
  /** The button that does it. */
  submit: string;
  danger?: boolean;
  disabled?: boolean;
  children: ReactNode;
  onClose: () => void;
  /** Does it; a rejection is shown and leaves the dialog open. */
  onSubmit: (value: FormValues) => Promise<void>;
}

/** A form in a modal dialog: Escape and Cancel close it, focus returns to where it was. */
export function Dialog({
  title,
  submit,
  danger,
  disabled,
  children,
  onClose,
  onSubmit,
}: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const [error, setError] = useState<Error>();
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      // This may run late: whoever has moved on keeps the focus.
      if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
    };
  }, []);

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // Not disabled meanwhile: the button would lose the focus.
    if (busy) return;
    setBusy(true);
    setError(undefined);
    try {
      await onSubmit(valuesOf(event.currentTarget));
    } catch (refusal) {
      setError(refusal as Error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <dialog ref={dialog} aria-labelledby={heading} onClose={onClose}>
      <form onSubmit={(event) => void send(event)}>
        <h2 id={heading}>{title}</h2>
        <ProblemNote error={error} />
        <FieldErrors error={error}>{children}</FieldErrors>
        <div className="buttons">
          <button type="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button
            type="submit"
            className={danger ? 'danger' : 'primary'}
            disabled={disabled}
            aria-busy={busy}
          >
            {submit}
          </button>
        </div>
      </form>
    </dialog>
  );
}

/** The values of a form, text all of them. */
export function valuesOf(form: HTMLFormElement): FormValues {
  const data = new FormData(form);
  const text = (value: FormDataEntryValue | null) => (typeof value === 'string' ? value : '');
  return Object.assign((name: string) => text(data.get(name)), {
    all: (name: string) => data.getAll(name).map(text),
  });
}
