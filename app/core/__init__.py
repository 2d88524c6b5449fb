"""The mathematics of Backpropscope: NumPy and the standard library, pure functions and frozen records.

Nothing here reads a file, a clock or a setting. Derivatives are taken at z, always; weights are
(receiving unit, sending unit), always.
"""
