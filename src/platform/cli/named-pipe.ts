import { constants, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import { codeOf } from '../common/errors.js';

/** How often to look for a reader, in milliseconds: the system sends no event. */
const READER_POLL_MS = 50;

// A blocking open or read would occupy a thread forever and keep an interrupted process alive:
// named pipes are opened without blocking, and the event loop waits for them.

/** Reads a named pipe from its first writer until the last one closes it. */
export function readNamedPipe(path: string): Socket {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  return new Socket({ fd, readable: true, writable: false });
}

/** The write end of a named pipe, as soon as it has a reader. */
export async function writeNamedPipe(path: string): Promise<Socket> {
  for (;;) {
    try {
      const fd = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
      return new Socket({ fd, readable: false, writable: true });
    } catch (error) {
      if (codeOf(error) !== 'ENXIO') throw error;
      await delay(READER_POLL_MS);
    }
  }
}
