"""The catalog of the models on a terminal."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from pydantic import BaseModel
from rich.table import Column, Table

from ugcgen.domain.enums import Quality
from ugcgen_cli.wording import words


class ModelRow(BaseModel):
    """A model in one of its roles; ``places`` are its places in the chain of each quality."""

    role: str
    id: str
    places: dict[Quality, int]
    abilities: str
    price: str
    lifecycle: str
    shutdown: date | None
    replacement: str | None

    @property
    def state(self) -> str:
        """``served``, or when it ends, or ended, and what takes its place."""
        instead = f" → {self.replacement}" if self.replacement else ""
        return f"{words(self.lifecycle)} {self.shutdown}{instead}" if self.shutdown else words(self.lifecycle)


def models_table(rows: Iterable[ModelRow]) -> Table:
    """One row a model, role by role."""
    table = Table("role", Column("model", no_wrap=True), *map(str, Quality), "can", "US dollars", "state")
    for role, of_role in groupby(rows, key=lambda row: row.role):
        for number, row in enumerate(of_role):
            places = [str(row.places.get(quality, "")) for quality in Quality]
            style = {"retired": "dim", "soon_retired": "yellow"}.get(row.lifecycle)
            table.add_row(
                words(role) if number == 0 else "", row.id, *places, row.abilities, row.price, row.state, style=style
            )
        table.add_section()
    return table
