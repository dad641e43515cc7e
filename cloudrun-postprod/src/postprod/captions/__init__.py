"""Captions: which words stand together, and how they are drawn."""
