"""Addresses of the pages: permalinks, and short links that are kept."""
