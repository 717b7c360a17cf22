import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { packageRoot } from '../../app/package-info.js';
import type { Language } from '../../common/locale.js';
import type { MailTemplate } from '../messages/mail.js';

/** The folder of the templates that come with this service. */
const BUILT_IN = join(packageRoot, 'mails');

export const LAYOUT = 'layout.liquid';
export const BUTTON = 'button.liquid';

/** The path of a template below its folder. */
export function pathOf(template: MailTemplate, language: Language): string {
  return `${template}/${language}.liquid`;
}

/** Reads a file of the folder of own templates, if it has one, or else of ours. */
export async function readTemplate(folder: string | undefined, path: string): Promise<string> {
  const own = folder === undefined ? undefined : join(folder, path);
  return readFile(own !== undefined && existsSync(own) ? own : join(BUILT_IN, path), 'utf8');
}
