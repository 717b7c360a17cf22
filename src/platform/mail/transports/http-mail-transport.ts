import { postJson } from '../../observability/tracing/outbound-http.js';
import { answersHttp } from '../../resilience/http-probe.js';
import { CREDENTIALS_REFUSED } from '../../resilience/refused-credentials.js';
import { retryAfterMs } from '../../resilience/retry-after.js';
import {
  MailDeferred,
  MailPostponed,
  MailRefused,
  MailServiceFailed,
} from '../messages/mail.errors.js';
import { type Mail, MailTransport } from '../messages/mail.js';

/** Permanent refusals: an invalid mail, or an unknown template or recipient. */
const ENDING = new Set([400, 404, 422]);

/** Mail by `POST <base>/send`. */
export class HttpMailTransport extends MailTransport {
  /** @param base without a slash at its end. */
  constructor(
    private readonly base: string,
    private readonly token: string | undefined,
  ) {
    super();
  }

  async send(
    { to, template, variables, idempotencyKey }: Mail,
    signal: AbortSignal,
  ): Promise<string> {
    const { base, token } = this;
    const call = { token, idempotencyKey, signal };
    const response = await postJson(`${base}/send`, { to, template, variables }, call);
    if (!response.ok) throw failureOf(response);
    return `the mail service answered ${response.status}`;
  }

  isUp(signal: AbortSignal): Promise<boolean> {
    return answersHttp(this.base, signal);
  }
}

function failureOf({ status, headers }: Response): Error {
  const message = `the mail service answered ${status}`;
  if (ENDING.has(status)) return new MailRefused(message);
  if (status >= 500 || CREDENTIALS_REFUSED.has(status)) return new MailServiceFailed(message);
  const delayMs = status === 429 ? retryAfterMs(headers.get('retry-after')) : undefined;
  return delayMs === undefined ? new MailDeferred(message) : new MailPostponed(message, delayMs);
}
