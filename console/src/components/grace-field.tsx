import { Field } from './field.js';

/** How long an old secret holds beside the new one. */
export function GraceField({ hint }: { hint: string }) {
  return (
    <Field
      label="Grace in seconds"
      name="grace_seconds"
      type="number"
      min={0}
      required
      defaultValue={3600}
      hint={hint}
    />
  );
}
