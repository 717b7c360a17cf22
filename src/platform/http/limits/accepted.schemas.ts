import { z } from 'zod';

export const acceptedResponse = z
  .object({ status: z.literal('accepted') })
  .meta({ id: 'Accepted' });

export type AcceptedResponse = z.infer<typeof acceptedResponse>;

/** The answer to every request for a mail. */
export const ACCEPTED: AcceptedResponse = { status: 'accepted' };
