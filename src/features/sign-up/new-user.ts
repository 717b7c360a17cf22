import { v7 as uuidv7 } from 'uuid';

import type { AuditEntry } from '../../platform/audit/audit-log.js';
import { storedEmail } from '../../platform/common/email-address.js';
import type { User } from '../users/user.entity.js';
import type { NewUser } from '../users/user-writes.js';
import type { CreateUserRequest } from './sign-up.schemas.js';

/** The row of a user that is about to be created: active, unverified, an ordinary user. */
export function newUser(
  request: CreateUserRequest,
  passwordHash: string | null,
  locale: string,
): User {
  const now = new Date();
  return {
    id: uuidv7({ msecs: now.getTime() }),
    ...storedEmail(request.email),
    name: request.name,
    password_hash: passwordHash,
    status: 'active',
    role: 'user',
    tier: request.tier ?? 'free',
    source: request.source ?? 'unknown',
    email_verified: false,
    locale,
    version: 1,
    credentials_version: 1,
    device_generation: 1,
    created_at: now,
    updated_at: now,
    deleted_at: null,
  };
}

/** Audit details of a new user. */
export function creation({ id, source, tier, role }: NewUser): AuditEntry {
  return { action: 'user.created', targetId: id, details: { source, tier, role } };
}
