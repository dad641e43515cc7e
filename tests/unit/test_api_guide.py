"""docs/api.md lists the operations and the errors that the code has.

``python -m tests.unit.test_api_guide`` writes the table of operations again after one was added or changed.
"""

from pathlib import Path

from api.failure import STATUSES
from api.registry import operations
from api.web import MAX_BODY
from tests.unit.markdown import table

GUIDE = Path(__file__).parents[2] / "docs" / "api.md"


def rows() -> list[list[str]]:
    return [
        [
            f"`{each.name}`" + (" (stream)" if each.streams else ""),
            ", ".join(f"`{each.method} {path}`" for path in each.paths),
            str(each.access),
            each.summary,
        ]
        for each in operations().values()
    ]


def test_every_operation_is_in_the_table() -> None:
    assert table(GUIDE, "Operations") == rows(), "run: python -m tests.unit.test_api_guide"


def test_every_code_in_the_table_has_its_status() -> None:
    text = GUIDE.read_text(encoding="utf-8").partition("## Errors")[2].partition("## Lists")[0]
    for line in text.splitlines():
        if line.startswith("| `"):
            code, status, _ = line.strip("|").split(" | ")
            assert int(status) == STATUSES.get(code.strip(" `"), 500)
    assert f"{MAX_BODY // 2**20} MiB" in text


def main() -> None:
    head, _, rest = GUIDE.read_text(encoding="utf-8").partition("\n## Operations\n")
    _, _, errors = rest.partition("\n## Errors\n")
    lines = ["", "| Operation | REST, below `/api/v1` | Access | What it does |", "|---|---|---|---|"]
    lines += [f"| {' | '.join(row)} |" for row in rows()]
    GUIDE.write_text("\n".join([head, "## Operations", *lines, "", "## Errors", errors]), encoding="utf-8")


if __name__ == "__main__":
    main()
