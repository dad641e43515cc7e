from typing import Any

from rich.console import Console

from ugcgen_cli.models_table import ModelRow, models_table


def row(name: str, role: str = "speech", **facts: Any) -> ModelRow:
    usual = {"places": {}, "abilities": "", "price": "", "lifecycle": "served", "shutdown": None, "replacement": None}
    return ModelRow.model_validate(usual | {"id": name, "role": role} | facts)


def test_a_row_says_where_a_model_stands_and_a_role_is_named_once() -> None:
    console = Console(width=140)
    rows = [
        row("loud", places={"draft": 2, "standard": 1}, price="9.00 out per M tokens"),
        row("soft", lifecycle="soon_retired", shutdown="2026-12-01", replacement="loud"),
        row("mute", lifecycle="retired", shutdown="2026-01-01", replacement="loud"),
        row("wide", role="video", abilities="4, 6, 8 s"),
    ]
    with console.capture() as shown:
        console.print(models_table(rows))
    cells = [[cell.strip() for cell in line.split("│")[1:-1]] for line in shown.get().splitlines() if "│" in line]
    assert cells == [
        ["speech", "loud", "2", "1", "", "", "9.00 out per M tokens", "served"],
        ["", "soft", "", "", "", "", "", "soon retired 2026-12-01 → loud"],
        ["", "mute", "", "", "", "", "", "retired 2026-01-01 → loud"],
        ["video", "wide", "", "", "", "4, 6, 8 s", "", "served"],
    ]
