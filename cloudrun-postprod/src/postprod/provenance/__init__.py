"""Provenance: every file that is handed over says that it was made with AI, from what, and by whom."""
