import { useState } from 'react';

import { Dialog } from './dialog.js';
import { ProblemNote } from './problem-note.js';

interface SecretProps {
  title: string;
  label: string;
  secret: string;
  onClose: () => void;
}

/** Shows a secret this once. */
export function SecretDialog({ title, label, secret, onClose }: SecretProps) {
  const [copied, setCopied] = useState(false);
  const [error, setError] = useState<Error>();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(secret);
      setCopied(true);
    } catch {
      setError(new Error('The browser does not allow that. Select the text, and copy it.'));
    }
  };
  return (
    <Dialog
      title={title}
      submit="Done"
      onClose={onClose}
      onSubmit={() => {
        onClose();
        return Promise.resolve();
      }}
    >
      <p>Copy it now: it is shown this once.</p>
      <div className="field">
        <label htmlFor="secret">{label}</label>
        <input
          id="secret"
          className="secret"
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
