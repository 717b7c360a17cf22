import type { ModuleMetadata } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import type { AuditAction } from './audit-actions.js';
import type { EventDefinition } from './event-definition.js';
import type { Section } from '../config/section.js';
import type { SchemaStep } from './schema-step.js';
import type { AccessTable, Action } from './access.js';
import type { ProblemClass } from '../problems/problem.js';
import type { JobDefinition } from './job-definition.js';
import type { ThreadTask } from './thread-task.js';
import type { RateLimits } from './rate-limits.js';
import type { PersonalData } from './personal-data.js';
import type { SecretColumn } from './secret-column.js';

/** Kinds of processes that are built from modules. Commands import what they need themselves. */
type ModularProcess = 'api' | 'worker';

type Modules = NonNullable<ModuleMetadata['imports']>;

/** What all features declare that the description of routes depends on. */
export interface DescribedDeclarations {
  readonly auditActions: readonly AuditAction[];
  readonly personalData: readonly PersonalData[];
  /** Scopes of API keys. */
  readonly scopes: readonly Action[];
  /** Types of events. */
  readonly eventTypes: readonly string[];
}

/**
 * Modules, or what makes them of the declarations of all features: their routes describe these. A
 * feature that can be switched off imports them here, so that it costs nothing where it is off.
 */
export type FeatureModules =
  Modules | ((declared: DescribedDeclarations) => Modules | Promise<Modules>);

/** When what features add to the server of the API has its turn, from the first to the last. */
export const hookStages = [
  /** Decides which faults of a drill a request meets: what follows may lose its dependencies. */
  'faults',
  /** Refuses requests above the capacity: cheap, so that it comes before all other work. */
  'admission',
  /** Recognises API keys, whose holders have no rate limits. */
  'api-keys',
  /** Counts requests, those with wrong credentials included. */
  'rate-limits',
  /** Finds out who makes the request. */
  'authentication',
  /** Gives the answers that a drill asks for. */
  'fault-answers',
  /** Adds routes beside those of Nest. */
  'pages',
] as const;

/** Adds Fastify hooks or routes, where the configuration wants them, before the server listens. */
type InstallHooks = (app: NestFastifyApplication) => void | Promise<void>;

/** The declaration of a feature. `bootstrap` assembles the declarations. */
export interface Feature {
  /** Its folder. */
  readonly name: string;
  /** What it is for, in one sentence of Markdown. */
  readonly about: string;
  /**
   * Whether the configuration switches it on; always where absent. Its declarations count anyway, its
   * modules and hooks for the API only where it is on.
   */
  readonly enabled?: () => boolean;
  /** Nest modules for each kind of process. */
  readonly modules?: Readonly<Partial<Record<ModularProcess, FeatureModules>>>;
  /** What it adds to the server of the API, beside its routes. */
  readonly hooks?: Readonly<Partial<Record<(typeof hookStages)[number], InstallHooks>>>;
  /** Rows of the access table. */
  readonly actions?: Partial<AccessTable>;
  /** Problems with codes of their own that it refuses with. */
  readonly problems?: readonly ProblemClass[];
  /** Its actions in the audit log. */
  readonly auditActions?: readonly AuditAction[];
  /** Types of events that it tells other services. */
  readonly events?: readonly EventDefinition[];
  /** Rate limits that routes can name. */
  readonly limits?: { readonly [By in keyof RateLimits]?: Partial<RateLimits[By]> };
  /** Fields of log lines with their meanings. The logger drops undeclared fields. */
  readonly logFields?: Readonly<Record<string, string>>;
  readonly config?: readonly Section[];
  /** Kinds of jobs that it sends: `migrate` makes their queues. */
  readonly jobs?: readonly JobDefinition[];
  /**
   * Parts of the database schema outside of SQL files. They run after the creation of the job
   * tables.
   */
  readonly schemaSteps?: readonly SchemaStep[];
  /** Its tasks for worker threads; their counters start at zero. */
  readonly threadTasks?: readonly ThreadTask[];
  /** Its tables with personal data: export, retention and erasure of their rows. */
  readonly personalData?: readonly PersonalData[];
  /** Its columns that the data key encrypts: `data-key rotate` encrypts them anew. */
  readonly secretColumns?: readonly SecretColumn[];
  /**
   * Loads the files of its commands, in the order of the list of commands. Only the CLI does: services
   * would pay for the packages of commands with a twentieth of their memory.
   */
  readonly commands?: () => readonly Promise<object>[];
}

/** Declares a feature; the function exists for type checks at the declaration. */
export function defineFeature<const Declared extends Feature>(feature: Declared): Declared {
  return feature;
}
