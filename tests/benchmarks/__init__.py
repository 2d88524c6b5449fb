"""Ratios against what others use for the same work, measured in one run: ``python -m tests.benchmarks``."""
