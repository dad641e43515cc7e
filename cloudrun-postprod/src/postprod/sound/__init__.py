"""The sound: what is heard when, mixed once for the whole film."""
