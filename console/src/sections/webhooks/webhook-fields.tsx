import { eventTypes } from '../../../../client/values.js';
import { Checkboxes } from '../../components/checkboxes.js';
import { Field } from '../../components/field.js';
import type { Webhook } from './webhook.js';

/** Where events go, and which. @param of a webhook that is there. */
export function WebhookFields({ of: webhook }: { of?: Webhook }) {
  return (
    <>
      <Field label="URL" name="url" type="url" required autoFocus defaultValue={webhook?.url} />
      <Field
        label="Description"
        name="description"
        defaultValue={webhook?.description ?? undefined}
      />
      <Checkboxes
        legend="Events"
        name="types"
        words={eventTypes}
        chosen={webhook?.types ?? []}
        all="*"
      />
    </>
  );
}
