DROP INDEX idempotency_keys_caller;
DROP INDEX idempotency_keys_subject;
