"""Everything that is kept: one database for what was said, another for the keys to read it."""
