-- Nothing to undo: the column goes with the migration before.
SELECT 1;
