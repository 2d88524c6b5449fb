"""Lessons, exercises, and wrong ways to calculate that have a name."""
