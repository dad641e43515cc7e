"""What can go wrong when the local cloud starts."""


class LocalCloudError(Exception):
    """Something the local cloud needs is missing or refuses to start; the message says what to do."""
