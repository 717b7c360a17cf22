-- What other services learn: every change commits with its events.
CREATE TABLE events (
  -- The day it belongs to, modulo 32: clean-up empties whole partitions, and none is ever made or missing.
  day smallint NOT NULL,
  -- After the lock of the counter: in the order of `sequence` within a user. Whole milliseconds, as clients see it.
  at timestamptz NOT NULL,
  id uuid NOT NULL,
  type text NOT NULL,
  user_id uuid NOT NULL,
  -- From 1 per user, without gaps, in the order of commits.
  sequence bigint NOT NULL,
  traceparent text,
  data jsonb NOT NULL,
  PRIMARY KEY (at, id, day)
) PARTITION BY LIST (day);
-- For erasure: only profiles need it, so it is empty with EVENTS_DATA=ids.
CREATE INDEX events_with_profile ON events (user_id) WHERE data ? 'user';

DO $$
BEGIN
  FOR day IN 0..31 LOOP
    EXECUTE format('CREATE TABLE events_%s PARTITION OF events FOR VALUES IN (%s)', lpad(day::text, 2, '0'), day);
  END LOOP;
END
$$;

-- The last sequence of each user. Updated in place: no index has the changed column.
CREATE TABLE event_counters (
  user_id uuid PRIMARY KEY,
  last bigint NOT NULL
) WITH (fillfactor = 80);

-- Destinations that come and go while the service runs. Those of the configuration are not listed.
CREATE TABLE event_destinations (
  name text PRIMARY KEY
);

-- What each destination has not taken yet.
CREATE TABLE event_queue (
  destination text NOT NULL,
  -- The part of the users that one relay works on, 0 to 15.
  share smallint NOT NULL,
  -- In the order of `sequence` within a user.
  place bigint GENERATED ALWAYS AS IDENTITY,
  event_at timestamptz NOT NULL,
  event_id uuid NOT NULL,
  PRIMARY KEY (destination, share, place)
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

-- Processes that relay events; a dead one stops extending its time.
CREATE TABLE event_relays (
  id uuid PRIMARY KEY,
  until timestamptz NOT NULL
);

-- Which relay works on which part of the users.
CREATE TABLE event_shares (
  share smallint PRIMARY KEY,
  relay_id uuid,
  until timestamptz NOT NULL
);
INSERT INTO event_shares SELECT share, NULL, '-infinity' FROM generate_series(0, 15) AS share;
