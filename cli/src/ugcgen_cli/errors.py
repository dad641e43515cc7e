"""What stops a command."""


class CliError(Exception):
    """The one sentence a person reads: what was wrong, where, and what to do. The command ends with exit code 1."""


class Refused(CliError):
    """The service did not do what it was asked. ``status`` is its canonical code, such as ``NOT_FOUND``."""

    def __init__(self, sentence: str, status: str) -> None:
        super().__init__(sentence)
        self.status = status
