import { Inject, Injectable } from '@nestjs/common';

import { AuditLog } from '../../platform/audit/audit-log.js';
import { Database } from '../../platform/database/database.js';
import {
  exportParts,
  PERSONAL_DATA,
  type PersonalData,
} from '../../platform/declarations/personal-data.js';
import { toUserResponse } from '../users/user.mapper.js';
import { UsersRepository } from '../users/users.repository.js';
import type { ExportedData } from './personal-data.schemas.js';

/** The personal data export of a user (GDPR articles 15 and 20). */
@Injectable()
export class PersonalDataExport {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly audit: AuditLog,
    @Inject(PERSONAL_DATA) private readonly data: readonly PersonalData[],
  ) {}

  /**
   * Without hashes and tokens: they are credentials, not information about the user. @throws
   * UserNotFound
   */
  async export(given: string): Promise<ExportedData> {
    return this.database.transaction(async (manager) => {
      // Locked, so that the parts are consistent.
      const user = await this.users.lock(given);
      // As stored, since ids compared as text are case-sensitive.
      const { id } = user;
      await this.database.commit(this.audit.insertion({ action: 'user.exported', targetId: id }));
      const exported: ExportedData = {
        exported_at: new Date().toISOString(),
        user: toUserResponse(user),
      };
      for (const { key, sql, subject } of exportParts(this.data))
        exported[key] = await manager.query(sql, [subject?.(user) ?? id]);
      return exported;
    });
  }
}
