/**
 * SQL condition for a live session over `sessions s` and `users u`: the only place with all
 * conditions that end a session.
 */
export const LIVE_SESSION = `s.ended_at IS NULL AND s.expires_at > clock_timestamp()
  AND s.credentials_version = u.credentials_version AND u.status = 'active' AND u.deleted_at IS NULL`;
