"""The registries, from activations to data sets: an entry is all it takes to add one."""
