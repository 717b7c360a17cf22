/** Lines of the head of a file. */
const KEYS = ['subject', 'preheader', 'button'] as const;
type Key = (typeof KEYS)[number];

/** A part of a file, with as many empty lines before it as there are lines: its positions are those of the file. */
export type Part = string;

/** The parts of a template file. */
export interface TemplateSource extends Readonly<Partial<Record<Key, Part>>> {
  /** Paragraphs: the text part, and the HTML part unless there is an own one. */
  readonly body: Part;
  /** HTML of its own, in place of the layout. */
  readonly html?: Part;
}

/** A fault of a template file. */
export class TemplateFault extends Error {
  override readonly name = 'TemplateFault';

  /** @param line counted from 1. */
  constructor(
    readonly line: number,
    readonly rule: string,
  ) {
    super(`line ${line}: ${rule}`);
  }
}

/**
 * Splits a file at its lines `---`: a head of `key: value` lines, the body, and perhaps HTML.
 * @throws TemplateFault
 */
export function parseSource(content: string): TemplateSource {
  const lines = content.split(/\r?\n/);
  const [start, headEnd, bodyEnd = lines.length, ...more] = lines.flatMap((line, index) =>
    line.trimEnd() === '---' ? [index] : [],
  );
  if (start !== 0) throw new TemplateFault(1, 'must be --- and begin the head');
  if (headEnd === undefined) throw new TemplateFault(1, 'begins a head that no line --- ends');
  if (more[0] !== undefined) throw new TemplateFault(more[0] + 1, 'is one --- too many');
  const part = (from: number, to: number): Part =>
    '\n'.repeat(from) + lines.slice(from, to).join('\n').trimEnd();
  const head: Partial<Record<Key, Part>> = {};
  for (let index = 1; index < headEnd; index += 1) {
    const [, key = '', value = ''] = /^(\w+):\s+(\S.*)$/.exec(lines[index] ?? '') ?? [];
    if (!isKey(key))
      throw new TemplateFault(index + 1, `must be one of ${KEYS.join(', ')}, a colon and a text`);
    head[key] = '\n'.repeat(index) + value;
  }
  return {
    ...head,
    body: part(headEnd + 1, bodyEnd),
    ...(bodyEnd < lines.length && { html: part(bodyEnd + 1, lines.length) }),
  };
}

function isKey(text: string): text is Key {
  return (KEYS as readonly string[]).includes(text);
}
