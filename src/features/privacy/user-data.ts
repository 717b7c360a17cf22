import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { Database } from '../../platform/database/database.js';
import { JOBS_SCHEMA } from '../../platform/jobs/boss.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { lockoutAccount } from '../credentials/lockout.js';
import type { UserDataExport } from './user-data.schemas.js';
import { JOB_SUBJECT } from './user-jobs.js';
import { toUserResponse } from '../users/user.mapper.js';
import { UsersRepository } from '../users/users.repository.js';

/** Dates as text already: what the database sends is what leaves. */
const ISO = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const iso = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', ${ISO})`;

/** Where others acted on the user, who and where they were is theirs and stays out. */
const AUDIT = `SELECT ${iso('at')} AS at, action, actor_kind,
       actor_id IS NOT DISTINCT FROM $1 AS by_user,
       target_id IS NOT DISTINCT FROM $1 AS about_user,
       CASE WHEN actor_id = $1 OR actor_kind = 'anonymous' THEN host(ip) END AS ip,
       request_id, details
  FROM (SELECT * FROM public.audit_log WHERE target_id = $1
         UNION SELECT * FROM public.audit_log WHERE actor_id = $1) AS entries
 ORDER BY id`;

const SESSIONS = `SELECT id, ${iso('created_at')} AS created_at, ${iso('last_used_at')} AS last_used_at,
       ${iso('expires_at')} AS expires_at, ${iso('ended_at')} AS ended_at, host(ip) AS ip, user_agent, device_id
  FROM public.sessions WHERE user_id = $1 ORDER BY id`;

const TOKENS = `SELECT purpose, ${iso('created_at')} AS created_at,
       ${iso('expires_at')} AS expires_at, ${iso('used_at')} AS used_at
  FROM public.mailed_tokens WHERE user_id = $1 ORDER BY id`;

const FAILURES = `SELECT origin, count, ${iso('first_at')} AS first_at, ${iso('last_at')} AS last_at
  FROM public.sign_in_failures WHERE account = $1 ORDER BY origin`;

/** The user in an answer, as it is indexed. */
const SUBJECT = `substring(body FROM '^\\{"id":"([0-9a-f-]{36})"')`;

/** The user's own, and those to others that hold the user, whose keys are not the user's. */
const ANSWERS = `SELECT substr(scope, strpos(scope, ' ') + 1) AS request,
       CASE WHEN split_part(scope, ' ', 1) = 'user:' || $1 THEN key END AS key,
       status, headers, body::json AS body, ${iso('created_at')} AS created_at
  FROM (SELECT * FROM public.idempotency_keys WHERE split_part(scope, ' ', 1) = 'user:' || $1
         UNION SELECT * FROM public.idempotency_keys WHERE ${SUBJECT} = $1) AS answers
 ORDER BY created_at`;

const SOURCES = `SELECT source, ${iso('last_at')} AS last_at
  FROM public.known_sources WHERE user_id = $1 ORDER BY source`;

const TIER_CHANGES = `SELECT id, from_tier, to_tier, status, ${iso('created_at')} AS created_at,
       ${iso('ended_at')} AS ended_at
  FROM public.tier_changes WHERE user_id = $1 ORDER BY id`;

/** Ids of tokens stay out: tokens are made from them. */
const JOBS = `SELECT id, name AS queue, state, retry_count,
       ${iso('created_on')} AS created_at, ${iso('started_on')} AS started_at,
       ${iso('completed_on')} AS completed_at,
       (data -> 'payload') - 'user_id' - 'token_id' AS payload
  FROM ${JOBS_SCHEMA}.job
 WHERE ${JOB_SUBJECT} = ANY(ARRAY(SELECT id::text FROM public.tier_changes WHERE user_id = $1) || $1::text)
 ORDER BY created_on, id`;

/** Everything the service holds on a user, for that user (GDPR articles 15 and 20). */
@Injectable()
export class UserData {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly audit: AuditLog,
  ) {}

  /** Hashes and tokens stay out: they prove identity and say nothing about it. @throws UserNotFound */
  async export(given: string): Promise<UserDataExport> {
    return this.database.transaction(async (manager) => {
      // Locked, so that the parts belong together.
      const user = await this.users.lock(manager, given);
      // As it is stored: where ids are compared as text, their case counts.
      const { id } = user;
      await this.audit.record(manager, { action: 'user.exported', targetId: id });
      return {
        exported_at: new Date().toISOString(),
        user: toUserResponse(user),
        sessions: await rows(manager, SESSIONS, id),
        known_sources: await rows(manager, SOURCES, id),
        sign_in_failures: await rows(manager, FAILURES, lockoutAccount(user.email)),
        idempotent_answers: await rows(manager, ANSWERS, id),
        mailed_tokens: await rows(manager, TOKENS, id),
        tier_changes: await rows(manager, TIER_CHANGES, id),
        jobs: await rows(manager, JOBS, id),
        audit_log: await rows(manager, AUDIT, id),
      };
    });
  }
}

function rows<Row>(manager: EntityManager, sql: string, of: string | Buffer): Promise<Row[]> {
  return manager.query<Row[]>(sql, [of]);
}
