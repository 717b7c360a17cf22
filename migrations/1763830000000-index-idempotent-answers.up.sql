-- Answers that belong to a user, or hold one, for the export of their data.
CREATE INDEX idempotency_keys_caller ON idempotency_keys (split_part(scope, ' ', 1));
-- Not by a cast to jsonb, which would refuse to store answers that repeat odd characters.
CREATE INDEX idempotency_keys_subject
  ON idempotency_keys (substring(body FROM '^\{"id":"([0-9a-f-]{36})"'));
