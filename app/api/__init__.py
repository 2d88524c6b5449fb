"""The REST API: the only place that turns JSON into core objects and back."""
