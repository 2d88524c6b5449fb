"""Backpropagation held against finite differences."""
