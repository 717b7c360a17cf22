import { TemplateFault } from './template-source.js';

/** What runs code: schemes of URLs, elements, attributes. */
const CODE = /(javascript|vbscript):|<script|<iframe|<object|<[^>]*\son[a-z]+=/i;
/** A tag in which the name of a person stands. */
const NAME_IN_TAG = /<[a-z][^>]*\{\{[^}]*\bname\b/gi;

/**
 * Refuses HTML that runs code, or lets people write into its tags, where escaping does not help: `<a href="{{ name }}">`.
 * @throws TemplateFault
 */
export function checkHtml(source: string): void {
  const lines = source.split('\n');
  const faulty = lines.findIndex((line) => CODE.test(asBrowsersRead(line)));
  if (faulty !== -1) throw new TemplateFault(faulty + 1, 'must not run code');
  // Browsers skip line breaks in URLs.
  if (/(javascript|vbscript):/i.test(asBrowsersRead(source).replaceAll(/\s/g, '')))
    throw new TemplateFault(lines.length, 'must not run code');
  const [tag] = source.matchAll(NAME_IN_TAG);
  if (tag)
    throw new TemplateFault(
      lineAt(source, tag.index + tag[0].length),
      'must not have name in a tag',
    );
}

/** Refuses tags in paragraphs. @throws TemplateFault */
export function checkText(source: string): void {
  const tag = /<[/!a-z]/i.exec(source);
  if (tag)
    throw new TemplateFault(
      lineAt(source, tag.index),
      'must be text; HTML begins after a further ---',
    );
}

/** Entities as characters, without the control characters that browsers ignore in URLs. */
function asBrowsersRead(html: string): string {
  return html
    .replaceAll(/&#(x[0-9a-f]+|\d+);?/gi, (_entity, code: string) => {
      const point = /^x/i.test(code) ? parseInt(code.slice(1), 16) : Number(code);
      return point <= 0x10ffff ? String.fromCodePoint(point) : '';
    })
    .replaceAll(/&colon;/gi, ':')
    .replaceAll(/&(tab|newline);/gi, '')
    .replaceAll(/(?!\n)\p{Cc}/gu, '');
}

function lineAt(source: string, index: number): number {
  return source.slice(0, index).split('\n').length;
}
