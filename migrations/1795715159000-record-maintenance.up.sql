-- When each kind of maintenance last succeeded: one row each, however often it runs.
CREATE TABLE maintenance (
  task text PRIMARY KEY,
  succeeded_at timestamptz NOT NULL
);
