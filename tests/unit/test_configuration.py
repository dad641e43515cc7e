"""``.env.example`` and docs/configuration.md say what the settings class says.

``python -m tests.unit.test_configuration`` writes ``.env.example`` again after a setting was added or changed.
"""

import re
from pathlib import Path

from pytest import mark

from tests.unit.markdown import table
from ugcgen.cloud.settings import EMULATOR_VARIABLES, Settings

REPO = Path(__file__).parents[2]
EXAMPLE = REPO / ".env.example"
GUIDE = REPO / "docs" / "configuration.md"

HEAD = """\
# Every setting of UGCGen's services, with its default. Nothing has to be set on a laptop: `make dev` and `make demo` do
# without this file. What has no default is commented out. docs/configuration.md says more.
"""

OLDER = [
    "REDIS_URL",
    "CELERY_BROKER_URL",
    "CELERY_RESULT_BACKEND",
    "LOCAL_STORAGE_ROOT",
    "DATABASE_URL",
    "NEXTAUTH_SECRET",
    "NEXTAUTH_URL",
    "GOOGLE_CLIENT_ID",
    "GOOGLE_CLIENT_SECRET",
    "BACKEND_URL",
]
"""Variables of the architecture with Redis, Celery, PostgreSQL and NextAuth that nothing reads any more."""


def default(name: str) -> str | None:
    """The default as it is written in an environment, or None for a setting that is unset."""
    value = Settings.model_fields[name].default
    return None if value is None else str(value).lower() if isinstance(value, bool) else f"{value}"


def env_example() -> str:
    """The whole file, in the order of the class."""
    entries = [HEAD]
    for name, field in Settings.model_fields.items():
        value = default(name)
        line = f"# {name.upper()}=" if value is None else f"{name.upper()}={value}"
        entries.append(f"# {field.description}\n{line}\n")
    return "\n".join(entries)


def test_the_example_lists_every_setting() -> None:
    assert EXAMPLE.read_text(encoding="utf-8") == env_example(), "run: python -m tests.unit.test_configuration"


def test_the_example_gives_the_defaults() -> None:
    lines = (re.match(r"([A-Z_]+)=(.*)", line) for line in EXAMPLE.read_text(encoding="utf-8").splitlines())
    written = {found[1].lower(): found[2] for found in lines if found}
    assert Settings.model_validate(written) == Settings.model_construct()


def test_the_guide_lists_every_setting() -> None:
    rows = [
        [f"`{name.upper()}`", "unset" if default(name) is None else f"`{default(name)}`", field.description]
        for name, field in Settings.model_fields.items()
    ]
    assert table(GUIDE, "Settings") == rows


def test_every_setting_says_what_it_is_for() -> None:
    assert not [name for name, field in Settings.model_fields.items() if not field.description]


def test_the_guide_says_what_takes_the_place_of_each_older_variable() -> None:
    rows = table(GUIDE, "Variables that are gone")
    named = [name for row in rows for name in re.findall(r"`([A-Z_]+)`", row[0])]
    assert sorted(named) == sorted(OLDER)
    assert all(len(row) == 2 and len(row[1]) > 10 for row in rows)


@mark.parametrize("name", OLDER)
def test_nothing_reads_an_older_variable(name: str) -> None:
    assert name.lower() not in Settings.model_fields
    assert name not in variables_read()


def test_the_guide_names_every_other_variable_that_the_services_read() -> None:
    named = {row[0].strip("`") for row in table(GUIDE, "Read besides the settings")}
    read = variables_read() - {name.upper() for name in Settings.model_fields} - {"PATH"}
    assert named == read | set(EMULATOR_VARIABLES)


def variables_read() -> set[str]:
    """The names that the deployed code looks up in the environment itself."""
    look_up = re.compile(r"""os\.(?:environ(?:\.get\(|\[)|getenv\()["'](\w+)["']""")
    folders = ("shared/src", "functions", "cloudrun-postprod/src")
    files = [file for folder in folders for file in (REPO / folder).rglob("*.py")]
    return {name for file in files for name in look_up.findall(file.read_text(encoding="utf-8"))}


if __name__ == "__main__":
    EXAMPLE.write_text(env_example(), encoding="utf-8")
