/** Only tests have this type. */
export const TEST_TYPE = 'webhook.test';

/** A CloudEvent for a test of a webhook. @param source the public base of the service. */
export function testEvent(id: string, webhookId: string, source: string, time: Date): string {
  return JSON.stringify({
    specversion: '1.0',
    id,
    source,
    type: TEST_TYPE,
    subject: webhookId,
    time: time.toISOString(),
    datacontenttype: 'application/json',
    data: { webhook_id: webhookId },
  });
}
