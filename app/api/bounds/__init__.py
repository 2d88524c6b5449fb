"""What one client may ask for, how much is done at once, and who waits."""
