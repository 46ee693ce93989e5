"""Jobs: promised in PostgreSQL, carried by Redis, run by dramatiq's workers, kept when they fail for good."""
