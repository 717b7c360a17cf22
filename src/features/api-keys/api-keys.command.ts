import { Command, Option, SubCommand } from 'nest-commander';
import type { z } from 'zod';

import { appConfig } from '../../platform/app/app.config.js';
import { AdminCommand, ReportingCommand, wholeNumber } from '../../platform/cli/admin-command.js';
import { CommandFailed, UsageError } from '../../platform/cli/command.errors.js';
import { uuid } from '../../platform/common/primitives.js';
import type { Principal } from '../../platform/common/request/principal.js';
import { databaseConfig } from '../../platform/database/connection/database.config.js';
import { ACCESS_TABLE, type AccessTable, scopesOf } from '../../platform/declarations/access.js';
import { telemetryConfig } from '../../platform/observability/telemetry.config.js';
import { ApiKeysModule } from './api-keys.module.js';
import { ApiKeyNotFound } from './management/api-key.errors.js';
import { toApiKeyResponse, toIssuedApiKey } from './management/api-key.mapper.js';
import { apiKeyRequests, rotateApiKeyRequest } from './management/api-keys.schemas.js';
import { ApiKeys, type IssuedKey } from './management/api-keys.service.js';

const NEEDS = {
  configs: [appConfig, telemetryConfig, databaseConfig],
  imports: [ApiKeysModule],
};

const OPERATOR: Principal = { kind: 'command' };
/** Keys of one page. */
const PAGE = 100;

interface CreateOptions {
  name: string;
  scopes: string[];
  expiresInDays?: number;
  json?: boolean;
}

/** A command that shows a secret key once. */
abstract class IssuingCommand extends ReportingCommand {
  protected printKey(issued: IssuedKey, json: boolean | undefined): void {
    process.stderr.write('The key is shown this once:\n');
    this.print(toIssuedApiKey(issued), json, issued.text);
  }
}

@SubCommand({ name: 'create', description: 'create a key, and print it this once' })
export class ApiKeysCreateCommand extends IssuingCommand {
  async run(_args: string[], { name, scopes, expiresInDays, json }: CreateOptions): Promise<void> {
    await this.context.run(NEEDS, async (app) => {
      const { create } = apiKeyRequests(scopesOf(app.get<AccessTable>(ACCESS_TABLE)));
      const request = valid(create, { name, scopes, expires_in_days: expiresInDays });
      this.printKey(await app.get(ApiKeys).create(request, OPERATOR), json);
    });
  }

  @Option({ flags: '--name <name>', description: 'what the key is for', required: true })
  parseName(value: string): string {
    return value;
  }

  @Option({
    flags: '--scopes <scopes>',
    description: 'comma list of what it may do, such as users:read; * for everything',
    required: true,
  })
  parseScopes(value: string): string[] {
    return value.split(',').map((scope) => scope.trim());
  }

  @Option({ flags: '--expires-in-days <days>', description: 'days until it expires (never)' })
  parseExpiresInDays(value: string): number {
    return wholeNumber('--expires-in-days', 1, 3650)(value);
  }
}

@SubCommand({ name: 'list', description: 'list keys, newest first' })
export class ApiKeysListCommand extends ReportingCommand {
  async run(_args: string[], { json }: { json?: boolean }): Promise<void> {
    await this.context.run(NEEDS, async (app) => {
      const keys = (await allKeys(app.get(ApiKeys))).map(toApiKeyResponse);
      const lines = keys.map(({ id, name, scopes, expires_at, last_used_at }) =>
        [
          id,
          `expires ${expires_at ?? 'never'}`,
          `used ${last_used_at ?? 'never'}`,
          scopes.join(','),
          name,
        ].join('  '),
      );
      this.print(keys, json, lines.join('\n') || 'No API keys.');
    });
  }
}

@SubCommand({
  name: 'revoke',
  arguments: '<id>',
  description: 'delete a key',
  argsDescription: { id: 'key to delete' },
})
export class ApiKeysRevokeCommand extends ReportingCommand {
  async run([given = '']: string[], { json }: { json?: boolean }): Promise<void> {
    const id = idOf(given);
    await this.context.run(NEEDS, async (app) => {
      await orNotFound(app.get(ApiKeys).revoke(id, OPERATOR));
      this.print({ id, outcome: 'revoked' }, json, 'Key revoked; replicas refuse it within 5 s.');
    });
  }
}

interface RotateOptions {
  graceSeconds?: number;
  json?: boolean;
}

@SubCommand({
  name: 'rotate',
  arguments: '<id>',
  description: 'give a key a new text, and print it this once',
  argsDescription: { id: 'key to rotate' },
})
export class ApiKeysRotateCommand extends IssuingCommand {
  async run([given = '']: string[], { graceSeconds, json }: RotateOptions): Promise<void> {
    const id = idOf(given);
    const { grace_seconds: grace } = valid(rotateApiKeyRequest, { grace_seconds: graceSeconds });
    await this.context.run(NEEDS, async (app) => {
      this.printKey(await orNotFound(app.get(ApiKeys).rotate(id, grace, OPERATOR)), json);
    });
  }

  @Option({
    flags: '--grace-seconds <seconds>',
    description: 'seconds for which the text before stays valid (3600)',
  })
  parseGraceSeconds(value: string): number {
    return wholeNumber('--grace-seconds', 0, 2_592_000)(value);
  }
}

@Command({
  name: 'api-keys',
  description: 'Create, list, revoke and rotate API keys',
  subCommands: [
    ApiKeysCreateCommand,
    ApiKeysListCommand,
    ApiKeysRevokeCommand,
    ApiKeysRotateCommand,
  ],
})
export class ApiKeysCommand extends AdminCommand {
  run(): Promise<void> {
    throw new UsageError('api-keys needs a subcommand: create, list, revoke or rotate');
  }
}

async function allKeys(keys: ApiKeys) {
  const all = [];
  let page;
  do {
    page = await keys.page(OPERATOR, all.at(-1)?.id, PAGE);
    all.push(...page);
  } while (page.length === PAGE);
  return all;
}

/** @throws UsageError */
function valid<Schema extends z.ZodType>(schema: Schema, input: object): z.infer<Schema> {
  const { data, error } = schema.safeParse(input);
  if (!error) return data;
  throw new UsageError(
    error.issues
      .map(({ path, message }) => `--${String(path[0]).replaceAll('_', '-')} ${message}`)
      .join('\n'),
  );
}

/** @throws UsageError */
function idOf(text: string): string {
  const { data } = uuid.safeParse(text);
  if (data === undefined) throw new UsageError('the id must be a UUID');
  return data;
}

/** @throws CommandFailed */
async function orNotFound<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ApiKeyNotFound)) throw error;
    throw new CommandFailed('There is no API key with this id.');
  }
}
