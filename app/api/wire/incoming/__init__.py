"""What clients send, as HTTP has it: bodies, queries, and the values that stand in them."""
