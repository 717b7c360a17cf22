import { Command, Option } from 'nest-commander';

import { ReportingCommand } from '../../platform/cli/admin-command.js';
import { CommandFailed, UsageError } from '../../platform/cli/command.errors.js';
import { promptNewPassword, readSecretLine } from '../../platform/cli/secret-input.js';
import { appConfig } from '../../platform/app/app.config.js';
import { brandingConfig } from '../../platform/branding/branding.config.js';
import { databaseConfig } from '../../platform/database/connection/database.config.js';
import { validate } from '../../platform/http/validation/validation.js';
import { RequestInvalid } from '../../platform/problems/problem.js';
import { eventsConfig } from '../../platform/events/events.config.js';
import { telemetryConfig } from '../../platform/observability/telemetry.config.js';
import { workersConfig } from '../../platform/workers/workers.config.js';
import { WorkersModule } from '../../platform/workers/workers.module.js';
import { breachConfig } from '../credentials/breaches/breach.config.js';
import { EmailTaken } from '../users/user.errors.js';
import { usersConfig } from '../users/users.config.js';
import { AdministrationModule } from './administration.module.js';
import { superuserRequest, Superusers } from './superusers.js';

interface Options {
  email: string;
  password?: string;
  passwordStdin?: boolean;
  name: string;
  promote?: boolean;
  json?: boolean;
}

const NEEDS = {
  configs: [
    brandingConfig,
    appConfig,
    telemetryConfig,
    databaseConfig,
    eventsConfig,
    workersConfig,
    usersConfig,
    breachConfig,
  ],
  imports: [WorkersModule, AdministrationModule],
};

@Command({ name: 'createsuperuser', description: 'Create a superuser, or promote a user to one' })
export class CreateSuperuserCommand extends ReportingCommand {
  async run(_args: string[], options: Options): Promise<void> {
    if (options.promote === true) await this.promote(options);
    else await this.create(options);
  }

  private async create({ email, name, json, ...source }: Options): Promise<void> {
    const password = await passwordFrom(source);
    try {
      const request = validate(superuserRequest, { email, name, password });
      await this.context.run(NEEDS, async (app) => {
        const { id } = await app.get(Superusers).create(request);
        this.print({ id, outcome: 'created' }, json, `Superuser created, id ${id}.`);
      });
    } catch (error) {
      if (error instanceof RequestInvalid)
        throw new UsageError(
          error.faults.map(({ pointer, detail }) => `--${pointer.slice(1)} ${detail}`).join('\n'),
        );
      if (!(error instanceof EmailTaken)) throw error;
      throw new CommandFailed('A user with this address exists; --promote makes it a superuser.');
    }
  }

  private async promote({ email, json, ...source }: Options): Promise<void> {
    if (source.password !== undefined || source.passwordStdin === true)
      process.stderr.write(
        'The password is not used: --promote leaves the one that the user has.\n',
      );
    await this.context.run(NEEDS, async (app) => {
      const result = await app.get(Superusers).promote(email);
      if (result === undefined) throw new CommandFailed('There is no user with this address.');
      const text = {
        promoted: 'User promoted to superuser',
        'already-superuser': 'The user is a superuser already',
      }[result.outcome];
      this.print(result, json, `${text}, id ${result.id}.`);
    });
  }

  @Option({ flags: '--email <address>', description: 'address to sign in with', required: true })
  parseEmail(value: string): string {
    return value;
  }

  @Option({
    flags: '--password <password>',
    description: 'visible in the process list: prefer --password-stdin',
  })
  parsePassword(value: string): string {
    return value;
  }

  @Option({ flags: '--password-stdin', description: 'read the password from standard input' })
  parsePasswordStdin(): boolean {
    return true;
  }

  @Option({
    flags: '--name <name>',
    description: 'name of the person',
    defaultValue: 'Administrator',
  })
  parseName(value: string): string {
    return value;
  }

  @Option({
    flags: '--promote',
    description: 'make an existing user a superuser; needs no password',
  })
  parsePromote(): boolean {
    return true;
  }
}

async function passwordFrom({
  password,
  passwordStdin,
}: Pick<Options, 'password' | 'passwordStdin'>): Promise<string> {
  if (password !== undefined && passwordStdin === true) {
    throw new UsageError('--password and --password-stdin exclude each other');
  }
  if (password !== undefined) return password;
  if (passwordStdin === true) return readSecretLine();
  if (process.stdin.isTTY) return promptNewPassword();
  throw new UsageError(
    'a password is needed: --password, --password-stdin, or a terminal to ask on',
  );
}
