-- Signed-in devices. A session ends by sign-out, revocation or expiry, and is kept a while after.
CREATE TABLE sessions (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  ended_at timestamptz,
  ip inet,
  user_agent text CHECK (char_length(user_agent) <= 512)
);
CREATE INDEX sessions_user ON sessions (user_id, id DESC);
CREATE INDEX sessions_over ON sessions (coalesce(ended_at, expires_at));

-- Answers of requests that carry an Idempotency-Key.
CREATE TABLE idempotency_keys (
  scope text NOT NULL,
  key text NOT NULL CHECK (char_length(key) <= 255),
  -- Keyed hash of the request body.
  fingerprint bytea NOT NULL,
  -- A key in flight belongs to its holder until then.
  locked_until timestamptz NOT NULL,
  status integer,
  headers jsonb,
  body text,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_keys_created ON idempotency_keys (created_at);
