"""The post: a rendered report as a message."""
