import 'reflect-metadata';

import { CommandFactory } from 'nest-commander';

import { PROGRAM } from '../../platform/cli/admin-command.js';
import { CommandFailed, Interrupted, UsageError } from '../../platform/cli/command.errors.js';
import { commandClasses, CommandsModule } from './commands.module.js';
import { databaseErrorLine } from '../../platform/cli/database-error-line.js';
import { checkArguments } from '../../platform/cli/secret-input.js';
import { AppCommandContext } from './command-context.js';
import { InvalidConfiguration } from '../../platform/config/env.js';
import { packageVersion } from '../../platform/app/package-info.js';
import { MigrationRefused } from '../../platform/database/migrations/migrator.js';
import type { EndSignals } from '../lifecycle/end-signals.js';
import { safeMessage } from '../../platform/observability/logging/exception.js';

/**
 * Runs one command. Exit: 0 done, 1 failed or interrupted, 2 wrong usage, 78 invalid
 * configuration.
 */
export async function runCli(signals: EndSignals): Promise<void> {
  // Nothing open needs closing yet; commands that open resources replace this handler.
  signals.handle((signal) => leave(new Interrupted(signal)));
  process.stdout.on('error', report);
  try {
    checkArguments(process.argv);
    const module = CommandsModule.forRoot(new AppCommandContext(signals), await commandClasses());
    await CommandFactory.run(module as never, {
      logger: false,
      cliName: 'cli',
      version: packageVersion,
      // Commander would exit at once; its errors are judged below like all others.
      errorHandler: (error) => {
        throw error;
      },
      serviceErrorHandler: report,
      outputConfiguration: { writeErr: (text) => process.stderr.write(text) },
    });
  } catch (error) {
    report(error);
  }
}

/** An interrupted command waits for nothing. */
function leave(error: Interrupted): void {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

function report(error: unknown): void {
  if (error instanceof Interrupted) leave(error);
  const { exitCode, line } = judge(error);
  process.exitCode = exitCode;
  if (line !== undefined) process.stderr.write(`${line}\n`);
}

function judge(error: unknown): { exitCode: number; line?: string } {
  if (error instanceof InvalidConfiguration)
    return { exitCode: error.exitCode, line: error.message };
  if (error instanceof UsageError) return { exitCode: 2, line: error.message };
  if (error instanceof CommandFailed || error instanceof MigrationRefused)
    return { exitCode: 1, line: error.message };
  if (isCommanderError(error)) {
    const unknown = error.code === 'commander.unknownCommand';
    return {
      exitCode: error.exitCode === 0 ? 0 : 2,
      ...(unknown && { line: `(see: ${PROGRAM} --help)` }),
    };
  }
  // A reader that closes the pipe early, such as `head`, is not an error.
  if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return { exitCode: 1 };
  return { exitCode: 1, line: databaseErrorLine(error) ?? safeMessage(error) };
}

/** Commander has printed the error, or the requested help (exit code 0). */
function isCommanderError(error: unknown): error is Error & { code: string; exitCode: number } {
  return (
    error instanceof Error &&
    'code' in error &&
    String(error.code).startsWith('commander.') &&
    'exitCode' in error
  );
}
