"""One example, or a batch, through a network and back: every number, every step, and what follows from it."""
