import { z } from 'zod';

import { UsageError } from './command.errors.js';

const time = z.iso.datetime({ offset: true });

/** A time from a command line: ISO 8601 with a time zone. @throws UsageError */
export function timeOption(option: string) {
  return (text: string): Date => {
    const { success, data } = time.safeParse(text);
    if (!success) throw new UsageError(`${option} must be a time such as 2026-11-26T20:00:00Z`);
    return new Date(data);
  };
}
