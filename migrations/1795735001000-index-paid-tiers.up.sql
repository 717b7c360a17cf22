-- no transaction
-- What a run that was cut off has left is no index.
DROP INDEX CONCURRENTLY IF EXISTS users_paid;

-- Lists of a paid tier. Most users are free: they are found without an index, and cost none.
CREATE INDEX CONCURRENTLY users_paid ON public.users (tier, id DESC)
  WHERE deleted_at IS NULL AND tier <> 'free';
