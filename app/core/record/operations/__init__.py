"""The operations that a walk is made of: whatever is known of each, in one table."""
