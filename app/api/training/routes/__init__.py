"""The operations on trainings, their runs and their data."""
