import { compile, type Piece, type Values } from './template-engine.js';
import { parseSource } from './template-source.js';

/** Stands for HTML of ours until all is escaped. Values never contain it: `cleaned` removes control characters. */
const MARK = '\u0000';

/** What a text can use; null is a variable without a value. */
export interface TextValues extends Values {
  readonly link: string | null;
}

/** The look of a mail. */
export interface Look {
  readonly language: string;
  readonly brand: string;
  readonly color: string;
  readonly text_color: string;
  /** URL of the picture; null where there is none. */
  readonly logo: string | null;
  readonly footer: string;
  readonly link_hint: string;
}

/** The frame of all mails, and the button in it. */
export interface Frame {
  readonly layout: Piece;
  readonly button: Piece;
}

/** A template in one language, ready to be rendered. */
export interface CompiledTemplate {
  readonly subject: Piece;
  readonly preheader: Piece | undefined;
  /** Label of the button. */
  readonly button: Piece | undefined;
  /** Paragraphs, as text. */
  readonly text: Piece;
  /** The same paragraphs, escaped for HTML. */
  readonly paragraphs: Piece;
  /** HTML in place of the frame. */
  readonly html: Piece | undefined;
}

/** @param file for error messages. @throws TemplateFault, or an error of liquidjs with the line. */
export function compileTemplate(content: string, file: string): CompiledTemplate {
  const { subject, preheader, button, body, html } = parseSource(content);
  const optional = (part: string | undefined, mode: 'text' | 'html') =>
    part === undefined ? undefined : compile(part, file, mode);
  return {
    subject: compile(subject ?? '', file, 'text'),
    preheader: optional(preheader, 'text'),
    button: optional(button, 'text'),
    text: compile(body, file, 'text'),
    paragraphs: compile(body, file, 'html'),
    html: optional(html, 'html'),
  };
}

/** Subjects are one line. */
export function subjectOf({ subject }: CompiledTemplate, values: TextValues): string {
  return oneLine(subject, values);
}

/** The text part. A paragraph that is only the link gets the label of the button before it. */
export function textOf(template: CompiledTemplate, values: TextValues, { footer }: Look): string {
  const label = template.button && oneLine(template.button, values);
  const paragraphs = paragraphsOf(template.text, values).map((paragraph) =>
    paragraph === values.link && label !== undefined ? `${label}\n${paragraph}` : paragraph,
  );
  return `${[...paragraphs, `-- \n${footer}`].join('\n\n')}\n`;
}

/** The HTML part: that of the template, or its paragraphs in the frame. A paragraph that is only the link is a button. */
export function htmlOf(
  template: CompiledTemplate,
  values: TextValues,
  look: Look,
  frame: Frame,
): string {
  const all = { ...values, ...look };
  if (template.html) return template.html.render(all).trim();
  const button = frame.button.render({
    ...all,
    button: template.button ? oneLine(template.button, values) : values.link,
  });
  const content = paragraphsOf(template.paragraphs, { ...values, link: values.link && MARK })
    .map((paragraph) =>
      paragraph === MARK
        ? button.trim()
        : `<p style="margin:0 0 16px;">${paragraph.replaceAll('\n', '<br>\n')}</p>`,
    )
    .join('\n')
    .replaceAll(
      MARK,
      () => `<a href="${escapeUrl(values.link)}" class="strong">${escapeUrl(values.link)}</a>`,
    );
  const page = frame.layout.render({
    ...all,
    subject: subjectOf(template, values),
    preheader: template.preheader ? oneLine(template.preheader, values) : '',
    content: MARK,
  });
  return `${page.replace(MARK, () => content).trim()}\n`;
}

function paragraphsOf(piece: Piece, values: TextValues): string[] {
  return piece
    .render(values)
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');
}

function oneLine(piece: Piece, values: Values): string {
  return piece.render(values).replace(/\s+/g, ' ').trim();
}

/** URLs of ours have no quotes; `&` is all that there is to escape. */
function escapeUrl(url: string | null): string {
  return (url ?? '').replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
