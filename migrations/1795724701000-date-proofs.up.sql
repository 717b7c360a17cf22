-- Sessions from before were proved when they were opened. Beside the migration that adds the
-- column, so that sign-ins do not wait for this one. A session of a rolling update is right already.
UPDATE public.sessions SET auth_time = created_at
 WHERE auth_time > created_at AND ended_at IS NULL AND expires_at > now();
