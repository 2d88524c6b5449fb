"""Tools for those who work on Backpropscope; run from the repository's root, as ``python -m scripts.<name>``."""
