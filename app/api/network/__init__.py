"""Networks: as clients send them, drawn at random, read from what other programs save."""
