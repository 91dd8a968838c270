"""Each settings module."""
