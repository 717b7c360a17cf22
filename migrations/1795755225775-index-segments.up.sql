-- no transaction
-- What a run that was cut off has left is no index.
DROP INDEX CONCURRENTLY IF EXISTS users_segment;

-- Lists of a status, of a tier, or of both: a range for each pair, newest last. The previous release
-- lists by users_status and users_paid, which stay until the next one.
CREATE INDEX CONCURRENTLY users_segment ON public.users (status, tier, id) WHERE deleted_at IS NULL;

DROP INDEX CONCURRENTLY IF EXISTS users_segment_email;

-- Prefix searches among the few users who are suspended or pay. Most users are neither, and cost no entry.
CREATE INDEX CONCURRENTLY users_segment_email ON public.users (status, tier, lower(email COLLATE "C"), id)
  WHERE deleted_at IS NULL AND (status <> 'active' OR tier <> 'free');

DROP INDEX CONCURRENTLY IF EXISTS users_segment_name;

CREATE INDEX CONCURRENTLY users_segment_name ON public.users (
  status, tier, (translate(lower(normalize(name, NFC) COLLATE "und-x-icu"), 'ς', 'σ')) COLLATE "C", id
) WHERE deleted_at IS NULL AND (status <> 'active' OR tier <> 'free');
