"""The same record, faster: straight-line Python derived from the plan of a small network."""
