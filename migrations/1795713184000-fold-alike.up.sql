-- no transaction
-- Folded by the locale of the database, addresses that are the same to us were different ones.
DO $$
DECLARE
  twins text;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_collation WHERE collname = 'und-x-icu') THEN
    RAISE EXCEPTION 'This PostgreSQL is built without ICU, which searching by name needs.';
  END IF;
  SELECT string_agg(ids, '; ') INTO twins
    FROM (SELECT string_agg(id::text, ', ' ORDER BY id) AS ids
            FROM users WHERE deleted_at IS NULL
           GROUP BY lower(email COLLATE "C") HAVING count(*) > 1) AS twin;
  IF twins IS NOT NULL THEN
    RAISE EXCEPTION 'These users have addresses that differ in case alone: %. Change or delete all but one of each, then migrate again; no user was changed.', twins;
  END IF;
END
$$;

-- What a run that was cut off has left is no index.
DROP INDEX CONCURRENTLY IF EXISTS users_email_unique;

-- One living user an address, in the form in which all addresses are compared: ASCII folded, whatever the locale.
-- It serves the search by prefix too. Until the previous release is gone it needs users_email_key and
-- users_email_prefix; then they go.
CREATE UNIQUE INDEX CONCURRENTLY users_email_unique ON users (lower(email COLLATE "C"))
  WHERE deleted_at IS NULL;

DROP INDEX CONCURRENTLY IF EXISTS users_name_folded;

-- Search by name, folded by Unicode, whatever the locale. In place of users_name_prefix, one release later.
CREATE INDEX CONCURRENTLY users_name_folded ON users (
  (translate(lower(normalize(name, NFC) COLLATE "und-x-icu"), 'ς', 'σ')) COLLATE "C", id
) WHERE deleted_at IS NULL;
