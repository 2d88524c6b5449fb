"""People's own tables: how a file is read, and the examples in it."""
