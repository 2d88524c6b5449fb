"""The state of this server."""
