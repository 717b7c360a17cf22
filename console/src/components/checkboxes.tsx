import { useState } from 'react';

import { useNote } from './field.js';

interface CheckboxesProps {
  legend: string;
  name: string;
  words: readonly string[];
  chosen: readonly string[];
  /** Stands for all words, alone; without it there is no such box. */
  all?: string;
}

/** Any number of words; all of them by one box, if there is one, which rules out the others. */
export function Checkboxes({ legend, name, words, chosen, all }: CheckboxesProps) {
  const { note, described } = useNote(name, undefined);
  const invalid = described['aria-invalid'];
  const [every, setEvery] = useState(all !== undefined && chosen.includes(all));
  return (
    <fieldset className="checkboxes" aria-describedby={described['aria-describedby']}>
      <legend>{legend}</legend>
      {note}
      {all !== undefined && (
        <label className="all">
          <input
            type="checkbox"
            name={name}
            value={all}
            aria-invalid={invalid}
            checked={every}
            onChange={({ target }) => setEvery(target.checked)}
          />
          <span>all, also those to come</span>
        </label>
      )}
      {words.map((word, index) => (
        <label key={word}>
          <input
            type="checkbox"
            name={name}
            value={word}
            aria-invalid={invalid && all === undefined && index === 0}
            defaultChecked={chosen.includes(word)}
            disabled={every}
          />
          <code>{word}</code>
        </label>
      ))}
    </fieldset>
  );
}
