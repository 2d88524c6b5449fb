"""What the server remembers: stepping sessions, in SQLite."""
