-- Changes to a paid tier. The row is committed before the charge is asked for, and its id is the
-- charge's Idempotency-Key: whoever asks again, after a crash too, asks for the same charge.
CREATE TABLE tier_changes (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  from_tier text NOT NULL,
  to_tier text NOT NULL,
  -- orphaned: charged, but the user had been deleted.
  status text NOT NULL DEFAULT 'pending'
    CHECK (status IN ('pending', 'applied', 'declined', 'not_charged', 'orphaned')),
  -- How often the payment service was asked, counted before each.
  asks integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  CHECK ((status = 'pending') = (ended_at IS NULL))
);

-- One at a time.
CREATE UNIQUE INDEX tier_changes_pending ON tier_changes (user_id) WHERE status = 'pending';
CREATE INDEX tier_changes_user ON tier_changes (user_id, id DESC);
CREATE INDEX tier_changes_ended ON tier_changes (ended_at);
