import type { Language } from '../../common/locale.js';
import type { MailTemplate } from '../messages/mail.js';
import type { CompiledTemplate, Frame } from './compiled-template.js';
import { BUTTON, LAYOUT, pathOf, readTemplate } from './template-files.js';

/** Templates, compiled at their first use: the engine is loaded by processes that render mails, and not at their start. */
export class MailTemplates {
  private readonly compiled = new Map<string, Promise<CompiledTemplate>>();
  private compiledFrame: Promise<Frame> | undefined;

  /** @param folder of own templates, which replace ours. */
  constructor(private readonly folder: string | undefined) {}

  async template(template: MailTemplate, language: Language): Promise<CompiledTemplate> {
    const path = pathOf(template, language);
    const known = this.compiled.get(path) ?? this.compile(path);
    this.compiled.set(path, known);
    return known;
  }

  async frame(): Promise<Frame> {
    return (this.compiledFrame ??= this.compileFrame());
  }

  private async compile(path: string): Promise<CompiledTemplate> {
    const { compileTemplate } = await import('./compiled-template.js');
    return compileTemplate(await readTemplate(this.folder, path), path);
  }

  private async compileFrame(): Promise<Frame> {
    const { compile } = await import('./template-engine.js');
    const [layout, button] = await Promise.all(
      [LAYOUT, BUTTON].map(async (path) =>
        compile(await readTemplate(this.folder, path), path, 'html'),
      ),
    );
    return { layout: layout as Frame['layout'], button: button as Frame['button'] };
  }
}
