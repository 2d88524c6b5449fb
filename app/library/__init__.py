"""The library: what ships with Backpropscope to be looked at: worked examples and data sets, with their sources.

Files are read when something in them is asked for, never at import.
"""
