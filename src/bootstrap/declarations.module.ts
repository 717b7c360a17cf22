import { Global, Module } from '@nestjs/common';

import { inPlace, PERSONAL_DATA } from '../platform/declarations/personal-data.js';
import { ACCESS_TABLE, type AccessTable, scopesOf } from '../platform/declarations/access.js';
import { EVENT_DEFINITIONS } from '../platform/declarations/event-definition.js';
import type { DescribedDeclarations } from '../platform/declarations/feature.js';
import { RATE_LIMITS, type RateLimits } from '../platform/declarations/rate-limits.js';
import { SECRET_COLUMNS } from '../platform/declarations/secret-column.js';
import { type ProblemClass, PROBLEMS } from '../platform/problems/problem.js';
import { THREAD_TASKS } from '../platform/workers/workers.service.js';
import { features } from './features.js';

/** The access table. */
export const accessTable = Object.assign(
  {},
  ...features.map(({ actions }) => actions),
) as AccessTable;

/** Personal data of all features. */
export const personalData = inPlace(features.flatMap((feature) => feature.personalData ?? []));

/** Encrypted columns of all features. */
export const secretColumns = features.flatMap((feature) => feature.secretColumns ?? []);

/** Every code that clients may meet. */
export const problems: readonly ProblemClass[] = features.flatMap(
  (feature) => feature.problems ?? [],
);

/** Every act of the audit log. */
export const auditActions = features.flatMap((feature) => feature.auditActions ?? []);

/** Every type of events that other services are told of. */
export const eventDefinitions = features.flatMap((feature) => feature.events ?? []);

/** What the description of routes depends on. */
export const described: DescribedDeclarations = {
  auditActions,
  personalData,
  scopes: scopesOf(accessTable),
  eventTypes: eventDefinitions.map(({ type }) => type),
};

/** Fields of log lines with their meanings. */
export const logFields: Readonly<Record<string, string>> = Object.assign(
  {},
  ...features.map((feature) => feature.logFields),
);

/** Rate limits that routes can name. */
export const rateLimits = {
  source: Object.assign({}, ...features.map(({ limits }) => limits?.source)),
  account: Object.assign({}, ...features.map(({ limits }) => limits?.account)),
} as RateLimits;

/** Provides the declarations of all features to code that processes all of them. */
@Global()
@Module({
  providers: [
    { provide: THREAD_TASKS, useValue: features.flatMap(({ threadTasks = [] }) => threadTasks) },
    { provide: ACCESS_TABLE, useValue: accessTable },
    { provide: RATE_LIMITS, useValue: rateLimits },
    { provide: PROBLEMS, useValue: problems },
    { provide: PERSONAL_DATA, useValue: personalData },
    { provide: SECRET_COLUMNS, useValue: secretColumns },
    { provide: EVENT_DEFINITIONS, useValue: eventDefinitions },
  ],
  exports: [
    THREAD_TASKS,
    ACCESS_TABLE,
    RATE_LIMITS,
    PROBLEMS,
    PERSONAL_DATA,
    SECRET_COLUMNS,
    EVENT_DEFINITIONS,
  ],
})
export class DeclarationsModule {}
