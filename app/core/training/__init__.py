"""Gradient descent over a data set: what is trained, how, and what is recorded of it."""
