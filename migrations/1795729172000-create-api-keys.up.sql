-- Keys of other services, made while the service runs.
CREATE TABLE api_keys (
  id uuid PRIMARY KEY,
  name text NOT NULL CHECK (char_length(name) <= 100),
  scopes text[] NOT NULL CHECK (cardinality(scopes) > 0),
  created_at timestamptz NOT NULL,
  expires_at timestamptz,
  -- To the minute.
  last_used_at timestamptz,
  -- The user or the API key that created it; null for commands and keys of API_KEY.
  created_by uuid
);
CREATE INDEX api_keys_expired ON api_keys (expires_at) WHERE expires_at IS NOT NULL;

-- The key texts that are valid for a key: the current one, and earlier ones until their grace is over.
CREATE TABLE api_key_secrets (
  -- SHA-256 of the text.
  digest bytea PRIMARY KEY,
  key_id uuid NOT NULL REFERENCES api_keys (id) ON DELETE CASCADE,
  -- Null for the current one.
  valid_until timestamptz
);
CREATE INDEX api_key_secrets_key ON api_key_secrets (key_id);
CREATE UNIQUE INDEX api_key_secrets_current ON api_key_secrets (key_id) WHERE valid_until IS NULL;
