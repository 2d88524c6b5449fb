"""The operations that answer pictures."""
