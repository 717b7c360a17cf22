import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Finds what a page names and the repository does not have: files and folders in backticks, and
 * the targets of links and images, headings included. Finds decisions that their index leaves out, too. A path may be written from
 * the root, or by as much of its end as says which file is meant; one that begins with a folder of
 * the root is taken as whole.
 */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => existsSync(file));
const roots = new Set(files.filter((file) => file.includes('/')).map((file) => file.split('/')[0]));

const FILE = /^[\w./-]+\.(?:[cm]?[jt]s|md|sql|ya?ml)$/;
const FOLDER = /^[\w.-]+(?:\/[\w.-]+)*\/?$/;
/** What a build or a run makes. */
const GENERATED = /^(?:build|dist|node_modules|\.data)\//;
/** The targets of links and images, in Markdown and in HTML, but for those of other sites. */
const LINK = /(?:\]\(|\b(?:href|src|srcset)=")(?![a-z]+:)([^)#"\s]*)(?:#([^)"\s]+))?/g;

const missing = files
  .filter((file) => file.endsWith('.md'))
  .flatMap((page) =>
    linesOf(page).flatMap((line, index) =>
      [...named(line), ...linked(line, page)].map(
        (path) => `${page}:${index + 1} names ${path}, which does not exist`,
      ),
    ),
  );
const index = readFileSync('docs/adr/README.md', 'utf8');
const unlisted = files
  .filter((file) => /^docs\/adr\/\d{4}-/.test(file) && !index.includes(`(${basename(file)})`))
  .map((file) => `${file} is not in docs/adr/README.md`);
const faults = [...missing, ...unlisted];
for (const line of faults) process.stderr.write(`${line}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;

function named(line: string): string[] {
  return [...line.matchAll(/`([^`]+)`/g)]
    .map(([, text = '']) => text)
    .filter((text) => !GENERATED.test(text))
    .filter((text) => {
      const whole = text.includes('/') && roots.has(text.split('/')[0]);
      if (whole && (FILE.test(text) || FOLDER.test(text))) return !existsSync(text);
      // `.up.sql` and its like are ends of names.
      const end = text.startsWith('.') ? text : `/${text}`;
      return FILE.test(text) && !files.some((file) => `/${file}`.endsWith(end));
    });
}

/** Targets of links that are no file of the repository, or no heading of that page. */
function linked(line: string, page: string): string[] {
  return [...line.replaceAll(/`[^`]*`/g, '').matchAll(LINK)]
    .filter(([, target = '', anchor]) => {
      const file = target === '' ? page : join(dirname(page), target);
      if (!existsSync(file)) return true;
      return anchor !== undefined && file.endsWith('.md') && !anchorsOf(file).has(anchor);
    })
    .map(([, target = '', anchor]) => (anchor === undefined ? target : `${target}#${anchor}`));
}

/** The anchors of a page, as GitHub derives them from its headings. A repeated heading gets a number. */
function anchorsOf(page: string): Set<string> {
  const anchors = new Set<string>();
  const times = new Map<string, number>();
  for (const line of linesOf(page)) {
    const heading = /^#{1,6} +(.*?)(?: +#+)? *$/.exec(line)?.[1];
    if (heading === undefined) continue;
    const text = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const anchor = text.replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '').replaceAll(' ', '-');
    const before = times.get(anchor) ?? 0;
    times.set(anchor, before + 1);
    anchors.add(before === 0 ? anchor : `${anchor}-${before}`);
  }
  return anchors;
}

/** The lines of a page; those of blocks of code are empty. */
function linesOf(page: string): string[] {
  return readFileSync(page, 'utf8')
    .replaceAll(/^```.*?^```/gms, (block) => block.replaceAll(/[^\n]/g, ''))
    .split('\n');
}
