"""People's own tables: bytes to text, text to columns, columns to a guess, a choice to examples. Pure; knows no web."""
