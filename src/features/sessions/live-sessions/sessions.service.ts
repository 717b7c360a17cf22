import { Injectable } from '@nestjs/common';

import { AuditLog } from '../../../platform/audit/audit-log.js';
import type { AuditAction } from '../../../platform/declarations/audit-actions.js';
import type { SignedInUser } from '../../../platform/common/request/principal.js';
import { Database } from '../../../platform/database/database.js';
import { UserSessions } from '../../users/user-sessions.js';
import { UsersRepository } from '../../users/users.repository.js';
import { LIVE_SESSION } from './live-session.js';
import type { Session } from './session.entity.js';
import { SessionNotFound } from './session.errors.js';
import type { SessionList } from './session.schemas.js';

type Row = Pick<Session, 'id' | 'created_at' | 'last_used_at' | 'ip' | 'user_agent' | 'acr'>;

const LIVE = `
  SELECT FROM public.sessions s JOIN public.users u ON u.id = s.user_id
   WHERE s.id = $1 AND s.user_id = $2 AND ${LIVE_SESSION}`;
/** Far more than a user reads. */
const LIST_LIMIT = 1000;

@Injectable()
export class SessionsService {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly sessions: UserSessions,
    private readonly audit: AuditLog,
  ) {}

  /** The caller's live sessions, newest first. */
  async list({ userId, sessionId }: SignedInUser): Promise<SessionList> {
    return this.liveOf(userId, sessionId);
  }

  /** The live sessions of a user, newest first; none of them is the caller's. @throws UserNotFound */
  async listOf(userId: string): Promise<SessionList> {
    const { id } = await this.users.byId(userId);
    return this.liveOf(id);
  }

  /** Ends the session the caller uses. */
  async signOut({ userId, sessionId }: SignedInUser): Promise<void> {
    await this.endOne(userId, sessionId, 'auth.signed-out');
  }

  /** Ends one of the caller's sessions. @throws SessionNotFound */
  async revoke({ userId }: SignedInUser, sessionId: string): Promise<void> {
    if (!(await this.endOne(userId, sessionId, 'auth.session-revoked')))
      throw new SessionNotFound();
  }

  /** Ends all sessions of the caller but the one in use. */
  async revokeOthers({ userId, sessionId }: SignedInUser): Promise<void> {
    await this.endAll(userId, sessionId);
  }

  /** Signs a user out everywhere. @throws UserNotFound */
  async revokeAll(userId: string): Promise<void> {
    const { id } = await this.users.byId(userId);
    await this.endAll(id);
  }

  private async liveOf(userId: string, current?: string): Promise<SessionList> {
    const rows = await this.database.read((manager) =>
      manager.query<Row[]>(
        `SELECT s.id, s.created_at, s.last_used_at, host(s.ip) AS ip, s.user_agent, s.acr
           FROM public.sessions s JOIN public.users u ON u.id = s.user_id
          WHERE s.user_id = $1 AND ${LIVE_SESSION} ORDER BY s.id DESC LIMIT ${LIST_LIMIT}`,
        [userId],
      ),
    );
    return {
      items: rows.map(({ created_at, last_used_at, ...row }) => ({
        ...row,
        created_at: created_at.toISOString(),
        last_used_at: last_used_at.toISOString(),
        current: row.id === current,
      })),
    };
  }

  private async endOne(userId: string, sessionId: string, action: AuditAction): Promise<boolean> {
    const ended = await this.database.transaction(async (manager) => {
      const live = await manager.query<unknown[]>(LIVE, [sessionId, userId]);
      const events = live.length > 0 ? await this.sessions.endOne(userId, sessionId) : [];
      if (events.length === 0) return false;
      await this.database.commit(
        events,
        this.audit.insertion({
          action,
          targetId: userId,
          details: { session: sessionId },
        }),
      );
      return true;
    });
    this.sessions.changed(userId);
    return ended;
  }

  private async endAll(userId: string, except?: string): Promise<void> {
    await this.database.transaction(async () => {
      const ended = await this.sessions.endAll(userId, except);
      await this.database.commit(
        ended,
        this.audit.insertion({
          action: 'auth.sessions-revoked',
          targetId: userId,
          details: { count: ended.length },
        }),
      );
    });
    this.sessions.changed(userId);
  }
}
