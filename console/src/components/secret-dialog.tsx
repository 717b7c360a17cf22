import { useRef, useState } from 'react';

import { Dialog } from './dialog.js';
import { ProblemNote } from './problem-note.js';

interface SecretProps {
  title: string;
  label: string;
  secret: string;
  onClose: () => void;
}

/** Shows a secret this once, until somebody says that they have it. */
export function SecretDialog({ title, label, secret, onClose }: SecretProps) {
  const [copied, setCopied] = useState(false);
  const [error, setError] = useState<Error>();
  const text = useRef<HTMLTextAreaElement>(null);
  const copy = async () => {
    try {
      await (window.isSecureContext
        ? navigator.clipboard.writeText(secret)
        : copyFrom(text.current));
      setCopied(true);
      setError(undefined);
    } catch {
      setError(new Error('The browser does not allow that. Select the text, and copy it.'));
    }
  };
  return (
    <Dialog
      title={title}
      submit="Done"
      onSubmit={() => {
        onClose();
        return Promise.resolve();
      }}
    >
      <p>Copy it now: it is shown this once.</p>
      <div className="field">
        <label htmlFor="secret">{label}</label>
        <textarea
          ref={text}
          id="secret"
          className="secret"
          rows={3}
          readOnly
          value={secret}
          onFocus={({ target }) => target.select()}
        />
      </div>
      <ProblemNote error={error} />
      <div>
        <button type="button" onClick={() => void copy()}>
          {copied ? 'Copied' : 'Copy'}
        </button>
      </div>
    </Dialog>
  );
}

/** Over plain HTTP a page has no `navigator.clipboard`. */
async function copyFrom(text: HTMLTextAreaElement | null): Promise<void> {
  text?.select();
  if (!document.execCommand('copy')) throw new Error('nothing was copied');
}
