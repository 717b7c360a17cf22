import {
  createContext,
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  useContext,
  useId,
} from 'react';

import { faultsOf } from './faults.js';

/** What is wrong with each field, by its name. */
const Faults = createContext<Readonly<Record<string, string>>>({});

/** Gives the fields of a form what the service says about them. */
export function FieldErrors({
  error,
  children,
}: {
  error: Error | undefined;
  children: ReactNode;
}) {
  const byName = Object.fromEntries(faultsOf(error).map(({ name, detail }) => [name, detail]));
  return <Faults value={byName}>{children}</Faults>;
}

interface Named {
  label: string;
  name: string;
  hint?: string;
}

/** A text field with its label, and below it what is wrong with it. */
export function Field({ label, hint, ...input }: Named & InputHTMLAttributes<HTMLInputElement>) {
  const { id, note, described } = useNote(input.name, hint);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} {...input} {...described} />
      {note}
    </div>
  );
}

/** A choice with its label. */
export function Choice({
  label,
  hint,
  options,
  ...select
}: Named & {
  options: readonly (readonly [string, string])[];
} & SelectHTMLAttributes<HTMLSelectElement>) {
  const { id, note, described } = useNote(select.name, hint);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} {...select} {...described}>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
      {note}
    </div>
  );
}

/** What stands below a field: what is wrong with it, else its hint. */
export function useNote(name: string, hint: string | undefined) {
  const id = useId();
  const fault = useContext(Faults)[name];
  const text = fault ?? hint;
  return {
    id,
    described: {
      'aria-invalid': fault !== undefined,
      'aria-describedby': text === undefined ? undefined : `${id}-note`,
    },
    note: text !== undefined && (
      <p id={`${id}-note`} className={fault === undefined ? 'soft' : 'fault'}>
        {text}
      </p>
    ),
  };
}
