-- Nothing to undo: the constraint goes with the migration before.
SELECT 1;
