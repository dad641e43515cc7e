"""Reading the tables of our own documentation, so that tests can hold them to the code."""

import re
from pathlib import Path


def table(page: Path, heading: str) -> list[list[str]]:
    """The body rows of the first table under a heading, cell by cell. Raises LookupError where there is none."""
    _, found, section = page.read_text(encoding="utf-8").partition(f"\n## {heading}\n")
    rows = [line.strip().strip("|").split(" | ") for line in section.split("\n## ")[0].splitlines() if line[:1] == "|"]
    if not found or len(rows) < 2:
        raise LookupError(f"{page.name} has no table under {heading!r}")
    if not re.fullmatch(r"[-| ]+", " ".join(rows[1])):
        raise LookupError(f"the table under {heading!r} of {page.name} has no line between its head and its body")
    return [[cell.strip() for cell in row] for row in rows[2:]]
