-- People who may sign in, or are to be invited to.
CREATE TABLE users (
  id uuid PRIMARY KEY,
  email text NOT NULL CHECK (char_length(email) <= 254),
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
  password_hash text,
  status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended')),
  role text NOT NULL DEFAULT 'user' CHECK (role IN ('user', 'superuser')),
  tier text NOT NULL DEFAULT 'free' CHECK (tier IN ('free', 'pro', 'enterprise')),
  source text NOT NULL DEFAULT 'unknown' CHECK (char_length(source) BETWEEN 1 AND 64),
  email_verified boolean NOT NULL DEFAULT false,
  -- Counts every change of the row: the entity tag of HTTP.
  version integer NOT NULL DEFAULT 1,
  -- Counts every change that ends sessions: password, role, status, deletion.
  credentials_version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz
);

-- One living user an address; a deleted one gives it free.
CREATE UNIQUE INDEX users_email_key ON users (lower(email)) WHERE deleted_at IS NULL;

-- Lists are ordered by id, newest first: ids are UUIDv7 and grow with time. The plain one uses the
-- primary key, since few users are deleted ones.
CREATE INDEX users_status ON users (status, id DESC) WHERE deleted_at IS NULL;

-- Prefix search, ordered by what matched; "C" because a prefix is a range of bytes only there.
CREATE INDEX users_email_prefix ON users (lower(email) COLLATE "C", id) WHERE deleted_at IS NULL;
CREATE INDEX users_name_prefix ON users (lower(name) COLLATE "C", id) WHERE deleted_at IS NULL;

-- What cleanup looks for.
CREATE INDEX users_deleted ON users (deleted_at) WHERE deleted_at IS NOT NULL;

-- Tokens sent by mail. Each is HMAC(key, id), made anew at each delivery; only its hash is stored.
CREATE TABLE mailed_tokens (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  purpose text NOT NULL CHECK (purpose IN ('verify_email', 'password_reset')),
  token_hash bytea NOT NULL UNIQUE,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX mailed_tokens_user ON mailed_tokens (user_id, purpose);
CREATE INDEX mailed_tokens_expires ON mailed_tokens (expires_at);

-- Who did what to whom, and from where.
CREATE TABLE audit_log (
  id uuid PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  action text NOT NULL CHECK (char_length(action) <= 100),
  actor_kind text NOT NULL CHECK (actor_kind IN ('anonymous', 'user', 'service', 'command', 'system')),
  actor_id uuid,
  target_id uuid,
  ip inet,
  request_id text CHECK (char_length(request_id) <= 128),
  details jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_log_target ON audit_log (target_id, id DESC);
CREATE INDEX audit_log_at ON audit_log (at);

-- The log only grows; nothing but the clean-up, which says so in its transaction, may shorten it.
CREATE FUNCTION audit_log_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('user_api.audit_cleanup', true) = 'on' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'audit_log is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON audit_log
  FOR EACH ROW EXECUTE FUNCTION audit_log_guard();
CREATE TRIGGER audit_log_never_truncated BEFORE TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION audit_log_guard();
