"""What is said of a table, in both languages."""
