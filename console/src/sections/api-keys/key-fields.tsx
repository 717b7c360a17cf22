import type { Schema } from '../../../../client/user-api.js';
import { apiKeyScopes } from '../../../../client/values.js';
import { Checkboxes } from '../../components/checkboxes.js';
import { Field } from '../../components/field.js';

export type ApiKey = Schema<'ApiKey'>;
export type IssuedKey = Schema<'IssuedApiKey'>;
export type Scope = (typeof apiKeyScopes)[number];

const EVERY_SCOPE = '*';
const scopes = apiKeyScopes.filter((scope) => scope !== EVERY_SCOPE);

/** What an API key is called and may do. @param of a key that is there; a new one may expire. */
export function KeyFields({ of: key }: { of?: ApiKey }) {
  return (
    <>
      <Field label="Name" name="name" required autoFocus defaultValue={key?.name} />
      {key === undefined && (
        <Field
          label="Expires in days"
          name="expires_in_days"
          type="number"
          min={1}
          hint="Empty: it does not expire."
        />
      )}
      <Checkboxes
        legend="Scopes"
        name="scopes"
        words={scopes}
        chosen={key?.scopes ?? []}
        all={EVERY_SCOPE}
      />
    </>
  );
}
