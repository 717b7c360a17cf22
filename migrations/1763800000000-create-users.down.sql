DROP TABLE audit_log;
DROP FUNCTION audit_log_guard();
DROP TABLE mailed_tokens;
DROP TABLE users;
