import { Global, Module } from '@nestjs/common';

import { addAuditActions } from '../platform/audit/audit.schemas.js';
import { inPlace, PERSONAL_DATA } from '../platform/declarations/personal-data.js';
import { ACCESS_TABLE, type AccessTable } from '../platform/declarations/access.js';
import { THREAD_TASKS } from '../platform/workers/workers.service.js';
import { features } from './features.js';

/** What can be done, and by whom. */
export const accessTable = Object.assign(
  {},
  ...features.map(({ actions }) => actions),
) as AccessTable;

/** All that is held on users. */
export const personalData = inPlace(features.flatMap((feature) => feature.personalData ?? []));

addAuditActions(features.flatMap(({ auditActions = [] }) => auditActions));

/** What features declare, for the parts of platform and features that walk all of it. */
@Global()
@Module({
  providers: [
    { provide: THREAD_TASKS, useValue: features.flatMap(({ threadTasks = [] }) => threadTasks) },
    { provide: ACCESS_TABLE, useValue: accessTable },
    { provide: PERSONAL_DATA, useValue: personalData },
  ],
  exports: [THREAD_TASKS, ACCESS_TABLE, PERSONAL_DATA],
})
export class DeclarationsModule {}
