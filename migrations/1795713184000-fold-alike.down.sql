DROP INDEX IF EXISTS users_name_folded;
DROP INDEX IF EXISTS users_email_unique;
