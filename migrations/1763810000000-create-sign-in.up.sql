-- A session lives as long as its credentials version is the user's; a change of password carries
-- the session it was made in over to the new one.
ALTER TABLE sessions
  ADD COLUMN credentials_version integer NOT NULL DEFAULT 1,
  ADD COLUMN device_id uuid;

-- Refresh tokens of a session, each used once. A successor is HMAC(key, the token before it), so
-- that hashes are enough to hand the same one out again.
CREATE TABLE refresh_tokens (
  token_hash bytea PRIMARY KEY,
  session_id uuid NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  successor_hash bytea,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK ((used_at IS NULL) = (successor_hash IS NULL))
);
CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id);
CREATE INDEX refresh_tokens_over ON refresh_tokens (least(used_at, expires_at));

-- Wrong passwords, counted per account and origin: a source, a device, or all of the account. An
-- account is the hash of an address, so that unknown ones are counted alike and stored nowhere.
CREATE TABLE sign_in_failures (
  account bytea NOT NULL,
  origin text NOT NULL CHECK (char_length(origin) <= 64),
  count integer NOT NULL,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  PRIMARY KEY (account, origin)
);
CREATE INDEX sign_in_failures_last ON sign_in_failures (last_at);

-- Where a user has signed in before, which is still let in while others guess.
CREATE TABLE known_sources (
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  source text NOT NULL CHECK (char_length(source) <= 64),
  last_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, source)
);
CREATE INDEX known_sources_last ON known_sources (last_at);

CREATE INDEX audit_log_action ON audit_log (action, id DESC);
