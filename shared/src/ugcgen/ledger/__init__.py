"""Paid calls: the only door to a model that costs money. See ``docs/ledger.md``."""
