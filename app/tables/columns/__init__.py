"""Cells and columns: what a cell may be, what its column is, its numbers, and how words become some."""
