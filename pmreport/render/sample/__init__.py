"""A report with one of everything: invented, for trying templates and for tests of how reports are drawn."""
