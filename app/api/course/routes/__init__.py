"""The operations of the course."""
