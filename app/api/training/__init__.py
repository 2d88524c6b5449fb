"""Training as a stream of events, the data it is done with, and the runs that are kept."""
