"""Statistics for small samples, as pure functions."""
