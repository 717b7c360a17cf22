CREATE INDEX users_status ON users (status, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX users_paid ON users (tier, id DESC) WHERE deleted_at IS NULL AND tier <> 'free';
DROP INDEX users_segment, users_segment_email, users_segment_name;
