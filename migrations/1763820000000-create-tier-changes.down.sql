DROP TABLE tier_changes;
