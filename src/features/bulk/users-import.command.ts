import { once } from 'node:events';
import { open, stat } from 'node:fs/promises';
import { finished } from 'node:stream/promises';

import { Option, SubCommand } from 'nest-commander';

import { ReportingCommand } from '../../platform/cli/admin-command.js';
import { CommandFailed } from '../../platform/cli/command.errors.js';
import { readNamedPipe } from '../../platform/cli/named-pipe.js';
import { openOutput } from '../../platform/cli/output-target.js';
import { ProgressBar } from '../../platform/cli/progress-bar.js';
import { codeOf } from '../../platform/common/errors.js';
import { appConfig } from '../../platform/app/app.config.js';
import { brandingConfig } from '../../platform/branding/branding.config.js';
import { databaseConfig } from '../../platform/database/connection/database.config.js';
import { eventsConfig } from '../../platform/events/events.config.js';
import { workersConfig } from '../../platform/workers/workers.config.js';
import { WorkersModule } from '../../platform/workers/workers.module.js';
import { usersConfig } from '../users/users.config.js';
import { type BulkFormat, UnreadableFile } from './format/bulk-format.js';
import { BulkModule } from './bulk.module.js';
import type { Rejection } from './bulk.task.js';
import { formatOf, parseFormat } from './format/file-format.js';
import { type ImportSummary, UserImport } from './user-import.js';

interface Options {
  format?: BulkFormat;
  dryRun?: boolean;
  rejects?: string;
  json?: boolean;
}

@SubCommand({
  name: 'import',
  description: 'create users from a file; existing addresses are skipped, so it can be repeated',
  arguments: '<file>',
  argsDescription: { file: 'CSV or JSON lines, - for standard input' },
})
export class UsersImportCommand extends ReportingCommand {
  async run([file = '-']: string[], options: Options): Promise<void> {
    const { json, dryRun = false } = options;
    const format = formatOf(file, options.format);
    const { input, size } = await openInput(file);
    const rejects = await openRejects(options.rejects);
    const bar = new ProgressBar(size);
    let bytes = 0;
    const counted = (async function* () {
      for await (const chunk of input) {
        bytes += chunk.length;
        yield chunk;
      }
    })();
    const summary = await this.context
      .run(
        {
          configs: [
            appConfig,
            brandingConfig,
            databaseConfig,
            eventsConfig,
            workersConfig,
            usersConfig,
          ],
          imports: [WorkersModule, BulkModule],
        },
        (app) =>
          app.get(UserImport).run(counted, {
            format,
            dryRun,
            onRejection: (rejection) => {
              bar.end();
              return rejects.write(rejection);
            },
            onProgress: ({ read }) => {
              bar.update(bytes, read);
            },
          }),
      )
      .catch((error: unknown) => {
        if (error instanceof UnreadableFile) throw new CommandFailed(`${file}: ${error.message}`);
        throw error;
      })
      .finally(() => bar.end());
    await rejects.close();
    this.print({ ...summary, dry_run: dryRun }, json, describe(summary, dryRun));
    // The result above has the details; the exit code signals scripts to read it.
    if (summary.rejected > 0) process.exitCode = 1;
  }

  @Option({ flags: '--format <format>', description: 'csv or jsonl (default: by extension)' })
  parseFormat(value: string): BulkFormat {
    return parseFormat(value);
  }

  @Option({ flags: '--dry-run', description: 'check everything, change nothing' })
  parseDryRun(): boolean {
    return true;
  }

  @Option({
    flags: '--rejects <file>',
    description: 'report rejected records there, not on stderr',
  })
  parseRejects(value: string): string {
    return value;
  }
}

/** Opened first, so that a wrong name fails at once. */
async function openInput(file: string): Promise<{ input: AsyncIterable<Buffer>; size?: number }> {
  if (file === '-') return { input: process.stdin };
  try {
    const found = await stat(file);
    if (found.isFIFO()) return { input: readNamedPipe(file) };
    return { input: (await open(file)).createReadStream(), size: found.size };
  } catch (error) {
    throw new CommandFailed(`${file} cannot be read: ${codeOf(error) ?? 'unknown error'}`);
  }
}

/** Like the input opened before anything else. @throws CommandFailed */
async function openRejects(file: string | undefined) {
  const out = file === undefined ? process.stderr : await openOutput(file, 0o600);
  let failure: unknown;
  if (file !== undefined) out.on('error', (error) => (failure = error));
  return {
    write: async ({ number, reason }: Rejection) => {
      // Waits for a slow reader, since buffered lines use memory.
      if (!out.destroyed && !out.write(`record ${number}: ${reason}\n`))
        await once(out, 'drain').catch(() => undefined);
    },
    close: async () => {
      if (file === undefined) return;
      out.end();
      await finished(out).catch((error: unknown) => (failure ??= error));
      if (failure !== undefined)
        throw new CommandFailed(`${file} cannot be written: ${codeOf(failure) ?? 'unknown error'}`);
    },
  };
}

function describe({ read, imported, skipped, rejected }: ImportSummary, dryRun: boolean): string {
  const verb = dryRun ? 'would be imported' : 'imported';
  const note = skipped > 0 ? '; skipped addresses exist already' : '';
  return `${read} read: ${imported} ${verb}, ${skipped} skipped, ${rejected} rejected${note}.`;
}
