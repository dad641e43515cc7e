"""Claim, work, settle, advance, sweep: how units of work move, written once. See ``docs/pipeline.md``."""
