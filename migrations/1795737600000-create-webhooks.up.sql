-- Receivers of events.
CREATE TABLE webhooks (
  id uuid PRIMARY KEY,
  url text NOT NULL,
  -- Types of events, or * alone.
  types text[] NOT NULL CHECK (cardinality(types) > 0),
  description text,
  status text NOT NULL CHECK (status IN ('active', 'paused')),
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  -- Since when its deliveries are tried: later than their first attempts where it was paused, or has another URL.
  tried_since timestamptz NOT NULL,
  -- The user or the API key that created it; null for keys of API_KEY.
  created_by uuid
);

-- The secrets that sign: the current one, and earlier ones until their grace is over.
CREATE TABLE webhook_secrets (
  id uuid PRIMARY KEY,
  webhook_id uuid NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
  -- Encrypted with the data key.
  secret bytea NOT NULL,
  -- Null for the current one.
  valid_until timestamptz
);
CREATE INDEX webhook_secrets_webhook ON webhook_secrets (webhook_id);
CREATE UNIQUE INDEX webhook_secrets_current ON webhook_secrets (webhook_id) WHERE valid_until IS NULL;

-- What each webhook gets. No foreign key: the deliveries of a deleted webhook go with the clean-up.
CREATE TABLE webhook_deliveries (
  -- Made of webhook, event and replay: a repeated insertion changes nothing.
  id uuid PRIMARY KEY,
  webhook_id uuid NOT NULL,
  -- The user of the event; for a test the webhook itself.
  user_id uuid NOT NULL,
  -- The order of delivery within webhook and user.
  place bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  event_id uuid NOT NULL,
  event_time timestamptz NOT NULL,
  type text NOT NULL,
  -- Of a test; events are read from where they are stored.
  body text,
  state text NOT NULL CHECK (state IN ('pending', 'delivered', 'dead')),
  attempts integer NOT NULL,
  first_attempt_at timestamptz,
  next_at timestamptz,
  -- Status and beginning of the last answer.
  answer_status integer,
  answer_body text
) WITH (fillfactor = 90);
CREATE INDEX webhook_deliveries_state ON webhook_deliveries (webhook_id, state, place);
CREATE INDEX webhook_deliveries_lane ON webhook_deliveries (webhook_id, user_id, place) WHERE state = 'pending';
CREATE INDEX webhook_deliveries_time ON webhook_deliveries USING brin (event_time);

-- Users with pending deliveries, for each webhook: a process claims a lane and delivers its first.
CREATE TABLE webhook_lanes (
  webhook_id uuid NOT NULL,
  user_id uuid NOT NULL,
  pending integer NOT NULL,
  -- When the first one is due; while it is claimed, when the claim ends by itself.
  due timestamptz NOT NULL,
  -- The process that delivers the first one.
  claim uuid,
  PRIMARY KEY (webhook_id, user_id)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
CREATE INDEX webhook_lanes_due ON webhook_lanes (webhook_id, due);
