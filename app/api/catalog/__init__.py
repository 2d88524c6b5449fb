"""What there is to choose from, ready-made requests, and the limits."""
