/** What `describeWhen` adds to the title of tests that it skips. */
const NEED = /\(needs (?<need>[^)]+)\)/;

interface TestResult {
  readonly status: string;
  readonly fullName: string;
}

/**
 * How many tests were skipped for want of which program, in a line each; those skipped for other reasons, such as a
 * filter, are none of them.
 */
export function missingPrograms(tests: readonly TestResult[]): string[] {
  const counts = new Map<string, number>();
  for (const { status, fullName } of tests) {
    const need = status === 'pending' ? NEED.exec(fullName)?.groups?.['need'] : undefined;
    if (need !== undefined) counts.set(need, (counts.get(need) ?? 0) + 1);
  }
  return [...counts].map(([need, count]) => `Skipped for want of ${need}: ${count} tests.`);
}

/** A reporter of Jest: lists skipped tests at the end of a run. */
export default class MissingProgramsReporter {
  onRunComplete(
    _contexts: unknown,
    results: { readonly testResults: readonly { readonly testResults: readonly TestResult[] }[] },
  ): void {
    for (const line of missingPrograms(results.testResults.flatMap((file) => file.testResults)))
      process.stderr.write(`${line}\n`);
  }
}
