"""The definitions, one file for each family of numbers; `metrics.catalog` holds them all."""
