import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A command of the README's tour, and what the README says it prints. */
export interface TourStep {
  readonly command: string;
  readonly output: string;
}

const README = join(import.meta.dirname, '..', '..', 'README.md');
const ELLIPSIS = '…';

/** The README's tour: what it shows and says. */
function readTour(): string {
  const [, tour = ''] = /^## A tour$(.*?)^## /ms.exec(readFileSync(README, 'utf8')) ?? [];
  return tour;
}

/** The line of the log that the tour begins with. */
export function firstLine(): string {
  const [line = ''] = /^serving the API .*$/m.exec(readTour()) ?? [];
  return line;
}

/** The addresses that the tour has a reader open, in their order. */
export function addresses(): string[] {
  return [...readTour().matchAll(/<(http:[^>]+)>/g)].map(([, address = '']) => address);
}

/** Files of the pictures that the tour shows. */
export function pictures(): string[] {
  return [...readTour().matchAll(/(?:srcset|src)="([^"]+)"/g)].map(([, file = '']) => file);
}

/** The commands that the tour has a reader type, in their order. */
export function steps(): TourStep[] {
  const tour = readTour();
  return [...tour.matchAll(/^```console\n(.*?)^```/gms)].flatMap(([, block = '']) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((typed) => {
        const [command = ''] = /^(.*\\\n)*.*\n/.exec(typed) ?? [];
        return { command, output: typed.slice(command.length) };
      }),
  );
}

/** What differs from run to run, and how it looks. */
const VARIABLE = [
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/,
  /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/,
  // Tokens and trace ids.
  /(?<=")[\w-]{43}(?=")|(?<=token=)[\w-]{43}|(?<=Token: )[\w-]{43}/,
  /(?<=")[0-9a-f]{32}(?=")/,
  /(?<="response_ms":)\d+/,
  /(?<=curl\/)[\d.]+/,
];
const PIECES = new RegExp(
  `(?<left>${ELLIPSIS})|${VARIABLE.map(({ source }, index) => `(?<kind${index}>${source})`).join('|')}`,
);

/** A pattern for the output: literal, except for variable parts and `…`, which matches anything. */
export function patternOf(output: string): RegExp {
  const parts: string[] = [];
  let rest = output;
  for (;;) {
    const found = PIECES.exec(rest);
    if (found === null) break;
    const kind = Object.entries(found.groups ?? {}).find(([, text]) => text !== undefined)?.[0];
    parts.push(
      literally(rest.slice(0, found.index)),
      kind === 'left' ? '[^]*?' : unanchored(VARIABLE[Number(kind?.slice(4))]),
    );
    rest = rest.slice(found.index + found[0].length);
  }
  return new RegExp(`^${parts.join('')}${literally(rest)}$`);
}

/** Without its surroundings, which are patterns of their own. */
function unanchored(pattern: RegExp | undefined): string {
  return `(?:${pattern?.source.replaceAll(/\(\?<?=[^)]*\)/g, '')})`;
}

function literally(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
}
