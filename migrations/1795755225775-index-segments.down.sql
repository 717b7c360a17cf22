DROP INDEX users_segment, users_segment_email, users_segment_name;
