"""The operations on a trace."""
