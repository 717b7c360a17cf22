import { Command } from 'nest-commander';

import { loadEnvironment, type Setting, settings } from '../config/env.js';
import { ReportingCommand } from './admin-command.js';

@Command({ name: 'config', description: 'Show the effective configuration, with secrets masked' })
export class ConfigCommand extends ReportingCommand {
  run(_args: string[], { json }: { json?: boolean }): Promise<void> {
    const { areas } = this.context;
    const shown = settings(areas).map((setting) => ({
      name: setting.name,
      value: valueOf(setting),
      source: setting.source,
    }));
    const width = Math.max(...shown.map(({ name }) => name.length));
    const lines = shown.map(
      ({ name, value, source }) => `${name.padEnd(width)}  ${source.padEnd(11)}  ${value ?? ''}`,
    );
    this.print(shown, json, lines.join('\n'));
    // Shown first: it helps to find the fault.
    loadEnvironment(areas);
    return Promise.resolve();
  }
}

function valueOf({ variable, raw }: Setting): string | null {
  if (raw === undefined) return null;
  if (variable.secret === true) return '***';
  // An invalid value may be a secret in the wrong variable.
  return variable.schema.safeParse(raw).success ? raw : '(invalid)';
}
