DROP INDEX audit_log_action;
DROP TABLE known_sources;
DROP TABLE sign_in_failures;
DROP TABLE refresh_tokens;
ALTER TABLE sessions DROP COLUMN device_id, DROP COLUMN credentials_version;
