DROP TABLE event_shares;
DROP TABLE event_relays;
DROP TABLE event_queue;
DROP TABLE event_destinations;
DROP TABLE event_counters;
DROP TABLE events;
