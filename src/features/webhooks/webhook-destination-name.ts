/** Webhooks among the destinations of events. */
export const WEBHOOKS = 'webhooks';
