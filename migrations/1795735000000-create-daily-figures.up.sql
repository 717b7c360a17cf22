-- How often something happened on a day (UTC), added up by all processes. No personal data.
CREATE TABLE public.daily_figures (
  day date NOT NULL,
  figure text NOT NULL CHECK (char_length(figure) <= 50),
  label text NOT NULL CHECK (char_length(label) <= 100),
  count bigint NOT NULL,
  PRIMARY KEY (day, figure, label)
)
-- The same rows are updated all day: room for that in their pages keeps the index as it is.
WITH (fillfactor = 50);
