"""Bytes to text, text to rows: where cells end, where the table begins and ends."""
