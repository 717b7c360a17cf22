import { useEffect, useRef } from 'react';

/**
 * A mail as its recipient sees it. Styles are set by script, since the page allows none in markup; a
 * shadow root keeps them from the console, and nothing in it can be used.
 */
export function MailPicture({ html }: { html: string }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    const mail = new DOMParser().parseFromString(setAside(html), 'text/html');
    root.adoptedStyleSheets = [
      ...mail.querySelectorAll<HTMLTemplateElement>('template[data-style]'),
    ].map(sheetOf);
    const body = document.importNode(mail.body, true);
    for (const part of body.querySelectorAll<HTMLElement>('[data-style]'))
      part.style.cssText = part.dataset['style'] ?? '';
    root.replaceChildren(...body.childNodes);
  }, [html]);
  return <div ref={host} className="mail" inert aria-hidden="true" />;
}

/** Markup with its styles as data: even a parser reports those that the page does not allow. */
function setAside(html: string): string {
  return html
    .replaceAll(/<style[^>]*>/g, '<template data-style>')
    .replaceAll('</style>', '</template>')
    .replaceAll(/<[a-z][^>]*>/g, (tag) => tag.replace(/ style=/, ' data-style='));
}

function sheetOf({ content }: HTMLTemplateElement): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(content.textContent);
  return sheet;
}
