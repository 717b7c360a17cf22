import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { Option, SubCommand } from 'nest-commander';

import type { BulkFormat } from '../workers/tasks/bulk/bulk-format.js';
import { UserExport } from '../users/bulk/user-export.js';
import { UsersAdminModule } from '../users/users.module.js';
import { WorkersModule } from '../workers/workers.module.js';
import { AdminCommand, CommandFailed } from './admin-command.js';
import { fileError, formatOf, parseFormat } from './bulk-file.js';
import { CommandContext } from './command-context.js';
import { ProgressBar } from './progress-bar.js';

interface Options {
  format?: BulkFormat;
  withHashes?: boolean;
  json?: boolean;
}

@SubCommand({
  name: 'export',
  description: 'write all users in the form that import reads',
  arguments: '<file>',
  argsDescription: { file: 'CSV or JSON lines, - for standard output' },
})
export class UsersExportCommand extends AdminCommand {
  constructor(private readonly context: CommandContext) {
    super();
  }

  async run([file = '-']: string[], { json, withHashes = false, ...options }: Options) {
    const format = formatOf(file, options.format);
    const bar = new ProgressBar(undefined);
    let exported = 0;
    const needs = {
      sections: ['app', 'database', 'workers', 'users'],
      imports: [WorkersModule, UsersAdminModule],
    } as const;
    await this.context
      .run({ ...needs, imports: [...needs.imports] }, async (app) => {
        const onProgress = (count: number) => {
          exported = count;
          bar.update(count, count);
        };
        const text = app.get(UserExport).run({ format, withHashes, onProgress });
        await write(file, text);
      })
      .finally(() => bar.end());
    if (file !== '-') this.print({ file, format, exported }, json, `${exported} users exported.`);
  }

  @Option({ flags: '--format <format>', description: 'csv or jsonl (default: by extension)' })
  parseFormat(value: string): BulkFormat {
    return parseFormat(value);
  }

  @Option({ flags: '--with-hashes', description: 'include password hashes' })
  parseWithHashes(): boolean {
    return true;
  }

  @Option({ flags: '--json', description: 'print JSON' })
  parseJson(): boolean {
    return true;
  }
}

/** A file appears whole or not at all, and nobody else can read it. */
async function write(file: string, text: AsyncGenerator<string>): Promise<void> {
  if (file === '-') return pipeline(Readable.from(text), process.stdout, { end: false });
  const part = `${file}.part`;
  const target = createWriteStream(part, { mode: 0o600 });
  let failure: unknown;
  target.on('error', (error) => (failure = error));
  try {
    await pipeline(Readable.from(text), target);
    await rename(part, file);
  } catch (error) {
    if (failure === undefined && !(error instanceof Error && 'syscall' in error)) throw error;
    throw new CommandFailed(`${file} cannot be written: ${fileError(failure ?? error)}`);
  }
}
