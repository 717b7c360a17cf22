import { writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Tasks for tests of the thread pool: what a task can do to its thread, and what it can see. */

export function echo(input: string): string {
  return input;
}

/** Blocks its thread until another process or thread writes into the shared memory. */
export function wait({ gate }: { gate: SharedArrayBuffer }): string {
  Atomics.wait(new Int32Array(gate), 0, 0);
  return 'released';
}

export function note({ file, text }: { file: string; text: string }): void {
  writeFileSync(file, text, { flag: 'a' });
}

export function fail(message: string): never {
  throw new TypeError(message);
}

export function exit(): never {
  process.exit(3);
}

/** Fills the heap of the thread. */
export function exhaust(): number {
  const hoard: number[][] = [];
  for (;;) hoard.push(Array.from({ length: 100_000 }, (_, index) => index + Math.random()));
}

/** Throws when nobody waits for it any more. */
export function dieLater(): string {
  void delay(1).then(() => {
    throw new Error('unhandled');
  });
  return 'done';
}

export function trace(_input: unknown, { traceparent }: { traceparent?: string }) {
  return traceparent ?? 'none';
}
