DROP TRIGGER users_email_typed_before ON users;
DROP FUNCTION users_email_typed_before();
ALTER TABLE users DROP COLUMN email_as_typed;
