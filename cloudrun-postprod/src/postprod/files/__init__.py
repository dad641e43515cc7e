"""The files that are handed over."""
