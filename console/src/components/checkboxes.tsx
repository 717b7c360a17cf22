import { useState } from 'react';

interface CheckboxesProps {
  legend: string;
  name: string;
  words: readonly string[];
  chosen: readonly string[];
  /** Stands for all words, alone. */
  all: string;
}

/** Any number of words; all of them by one box, which rules out the others. */
export function Checkboxes({ legend, name, words, chosen, all }: CheckboxesProps) {
  const [every, setEvery] = useState(chosen.includes(all));
  return (
    <fieldset className="checkboxes">
      <legend>{legend}</legend>
      <label>
        <input
          type="checkbox"
          name={name}
          value={all}
          checked={every}
          onChange={({ target }) => setEvery(target.checked)}
        />
        <span>all, also those to come</span>
      </label>
      {words.map((word) => (
        <label key={word}>
          <input
            type="checkbox"
            name={name}
            value={word}
            defaultChecked={chosen.includes(word)}
            disabled={every}
          />
          <code>{word}</code>
        </label>
      ))}
    </fieldset>
  );
}
