"""The wrong rules themselves, by what they get wrong: an entry is all it takes to add one."""
