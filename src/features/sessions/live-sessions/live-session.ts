/**
 * When a session is alive, in SQL over `sessions s` and `users u`: everything that ends one is
 * looked at in this one place.
 */
export const LIVE_SESSION = `s.ended_at IS NULL AND s.expires_at > clock_timestamp()
  AND s.credentials_version = u.credentials_version AND u.status = 'active' AND u.deleted_at IS NULL`;
