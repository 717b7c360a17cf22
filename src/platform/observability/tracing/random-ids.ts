import { randomBytes } from 'node:crypto';

import type { IdGenerator } from '@opentelemetry/sdk-trace';

/** Random bytes per system call: ids of 170 requests. */
const STORE_BYTES = 4096;

/**
 * Ids of traces and spans, random as W3C trace context demands, taken from a buffer of hexadecimal
 * digits: a system call for each id costs as much as the rest of an unsampled span.
 */
class RandomIds implements IdGenerator {
  private digits = '';
  private used = 0;

  /** 32 hexadecimal digits. */
  generateTraceId(): string {
    return this.take(32);
  }

  /** 16 hexadecimal digits. */
  generateSpanId(): string {
    return this.take(16);
  }

  private take(length: number): string {
    if (this.used + length > this.digits.length) {
      this.digits = randomBytes(STORE_BYTES).toString('hex');
      this.used = 0;
    }
    const id = this.digits.slice(this.used, this.used + length);
    this.used += length;
    return id;
  }
}

/** For all tracers of the process. */
export const randomIds = new RandomIds();
