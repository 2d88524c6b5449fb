"""The operations that answer what there is."""
