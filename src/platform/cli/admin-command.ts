import { Inject } from '@nestjs/common';
import { CommandRunner, Option } from 'nest-commander';

import { CommandContext } from './command-context.js';
import { UsageError } from './command.errors.js';

/** Commander's class, as exported by nest-commander. */
type Command = Parameters<CommandRunner['setCommand']>[0];

/** Base of all commands: they throw errors to one handler and never exit themselves. */
export abstract class AdminCommand extends CommandRunner {
  @Inject(CommandContext) protected readonly context!: CommandContext;

  override setCommand(command: Command): this {
    command
      .exitOverride((error) => {
        // Not before: a subcommand is given its parent after this method has run.
        if (error.exitCode !== 0) process.stderr.write(`(see: ${pathOf(command)} --help)\n`);
        throw error;
      })
      .allowExcessArguments(false)
      .showSuggestionAfterError();
    return super.setCommand(command);
  }
}

/** A command that writes a result: one line of JSON for machines, or text for people. */
export abstract class ReportingCommand extends AdminCommand {
  protected print(result: object, json: boolean | undefined, text: string): void {
    process.stdout.write(json === true ? `${JSON.stringify(result)}\n` : `${text}\n`);
  }

  @Option({ flags: '--json', description: 'print JSON' })
  parseJson(): boolean {
    return true;
  }
}

/** How to call this program from its folder. */
export const PROGRAM = 'node dist/cli';

/** How to call a command: `node dist/cli jobs list`. */
function pathOf(command: Command): string {
  return command.parent === null ? PROGRAM : `${pathOf(command.parent)} ${command.name()}`;
}

/** A whole number from a command line. @throws UsageError */
export function wholeNumber(option: string, min: number, max: number) {
  return (text: string): number => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max)) {
      throw new UsageError(`${option} must be a whole number from ${min} to ${max}`);
    }
    return value;
  };
}

/** One of the given words from a command line. @throws UsageError */
export function word<Word extends string>(
  option: string,
  words: readonly Word[],
  text: string,
): Word {
  const found = words.find((candidate) => candidate === text);
  if (found === undefined) throw new UsageError(`${option} must be one of ${words.join(', ')}`);
  return found;
}
