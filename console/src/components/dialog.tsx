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
  /** Called by Escape and Cancel. Without it, only `onSubmit` ends the dialog. */
  onClose?: (() => void) | undefined;
  /** Hides the page: whoever looks now may be somebody else. */
  covers?: boolean;
  /** Does it; a rejection is shown and leaves the dialog open. */
  onSubmit: (value: FormValues) => Promise<void>;
}

/** A refusal, and the fields that the form had. */
interface Refusal {
  readonly error: Error;
  readonly fields: ReadonlySet<string>;
}

/** A form in a modal dialog. Focus goes to what is wrong, and in the end returns to where it was. */
export function Dialog({
  title,
  submit,
  danger,
  disabled,
  children,
  onClose,
  covers,
  onSubmit,
}: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const [refusal, setRefusal] = useState<Refusal>();
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      // This may run late: whoever has moved on keeps the focus.
      if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
    };
  }, []);

  useEffect(() => {
    if (refusal) dialog.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refusal]);

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // Not disabled meanwhile: the button would lose the focus.
    if (busy) return;
    const form = event.currentTarget;
    setBusy(true);
    setRefusal(undefined);
    try {
      await onSubmit(valuesOf(form));
    } catch (error) {
      setRefusal({ error: error as Error, fields: namesIn(form) });
    } finally {
      setBusy(false);
    }
  };

  return (
    <dialog
      ref={dialog}
      className={covers ? 'covers' : undefined}
      aria-labelledby={heading}
      closedby={onClose ? 'closerequest' : 'none'}
      onCancel={(event) => {
        // It goes at once: the browser tells late that it has closed a dialog, and the next one may be open by then.
        event.preventDefault();
        onClose?.();
      }}
      onClose={onClose}
    >
      <form onSubmit={(event) => void send(event)}>
        <h2 id={heading}>{title}</h2>
        <ProblemNote error={refusal?.error} marked={refusal?.fields} />
        <FieldErrors error={refusal?.error}>{children}</FieldErrors>
        <div className="buttons">
          {onClose && (
            <button type="button" onClick={onClose}>
              Cancel
            </button>
          )}
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

function namesIn({ elements }: HTMLFormElement): ReadonlySet<string> {
  return new Set([...elements].flatMap((element) => element.getAttribute('name') ?? []));
}

/** The values of a form, text all of them. */
export function valuesOf(form: HTMLFormElement): FormValues {
  const data = new FormData(form);
  const text = (value: FormDataEntryValue | null) => (typeof value === 'string' ? value : '');
  return Object.assign((name: string) => text(data.get(name)), {
    all: (name: string) => data.getAll(name).map(text),
  });
}
