"""Thin typed adapters on Google's client libraries. Every call has a deadline."""
