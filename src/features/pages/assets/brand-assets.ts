import { createHash } from 'node:crypto';

import { contrast, readableOn } from '../../../platform/branding/contrast.js';
import type { Logo } from '../../../platform/branding/logo.js';
import { html } from '../page/html.js';

/** A file that pages load. */
export interface Asset {
  readonly type: string;
  readonly content: Buffer;
}

/** Below it, buttons of the colour of the brand get an edge: they would vanish in the card around them. */
const LEAST_CONTRAST = 2;
/** `--surface` of `pages/tokens.css`. */
export const SURFACES = { light: '#ffffff', dark: '#171b22' };

interface Brand {
  readonly name: string;
  /** `#rrggbb`. */
  readonly color: string;
  readonly logo: Logo | undefined;
}

/** What the settings of the brand add to the pages. Names have a hash of the content, since browsers keep the files. */
export class BrandAssets {
  readonly styles: string;
  readonly icon: string;
  readonly logo: string | undefined;
  private readonly files = new Map<string, Asset>();

  constructor({ name, color, logo }: Brand) {
    this.styles = this.add('brand', 'css', 'text/css; charset=utf-8', stylesOf(color));
    this.icon = this.add('icon', 'svg', 'image/svg+xml', iconOf(name, color));
    this.logo = logo && this.add('logo', logo.type.slice('image/'.length), logo.type, logo.bytes);
  }

  /** A file by its name; undefined if there is none. */
  read(name: string): Asset | undefined {
    return this.files.get(name);
  }

  private add(name: string, extension: string, type: string, text: string | Buffer): string {
    const content = Buffer.from(text);
    const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
    const hashed = `${name}-${hash}.${extension}`;
    this.files.set(hashed, { type, content });
    return hashed;
  }
}

function stylesOf(color: string): string {
  const edge = (surface: string) =>
    contrast(color, surface) < LEAST_CONTRAST ? 'var(--line-strong)' : color;
  const brand = `--brand:${color};--on-brand:${readableOn(color)}`;
  return `:root{${brand};--brand-edge:${edge(SURFACES.light)}}
@media(prefers-color-scheme:dark){:root{${brand};--brand-edge:${edge(SURFACES.dark)}}}`;
}

/** The first letter of the name, on the colour of the brand. */
function iconOf(name: string, color: string): string {
  const [letter = ''] = name.toUpperCase();
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
    <rect width="32" height="32" rx="8" fill="${color}" stroke="#8080808c" />
    <text
      x="16"
      y="22.5"
      text-anchor="middle"
      font-family="system-ui,sans-serif"
      font-size="18"
      font-weight="700"
      fill="${readableOn(color)}"
    >
      ${letter}
    </text>
  </svg>`.text;
}
