/** Prints what a drill measured, on a line of its own that Jest does not frame. */
export function figure(text: string): void {
  process.stdout.write(`drill: ${text}\n`);
}
