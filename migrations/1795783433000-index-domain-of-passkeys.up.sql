-- no transaction
-- What a run that was cut off has left is no index.
DROP INDEX CONCURRENTLY IF EXISTS passkeys_domain;

-- Each start counts the passkeys of other domains, which are few or none.
CREATE INDEX CONCURRENTLY passkeys_domain ON public.passkeys (rp_id);
