"""The files that a cut names on this disk, sent and named by their objects."""

from pathlib import Path
from typing import Any

import pytest

from ugcgen_cli.cut_files import read_changes, sent
from ugcgen_cli.errors import CliError
from ugcgen_cli.local_file import LocalFile


def stored(file: LocalFile) -> str:
    return f"users/u/uploads/{file.path.name} as {file.media_type}"


def test_tables_and_sounds_are_sent_and_all_else_stays(tmp_path: Path) -> None:
    for name in ("mine.cube", "whoosh.WAV"):
        (tmp_path / name).write_bytes(b"-")
    kept: list[dict[str, Any]] = [
        {"kind": "music", "source": "library/calm"},
        {"kind": "music", "source": "users/u/media/a.mp3"},
    ]
    cut: dict[str, Any] = {
        "look": {"lut": str(tmp_path / "mine.cube"), "grain": 0},
        "sounds": [*kept, {"kind": "effect", "source": str(tmp_path / "whoosh.WAV"), "start": 2}],
        "captions": {"preset": "box"},
    }
    assert sent(cut, stored) == {
        "look": {"lut": "users/u/uploads/mine.cube as application/x-cube", "grain": 0},
        "sounds": [*kept, {"kind": "effect", "source": "users/u/uploads/whoosh.WAV as audio/wav", "start": 2}],
        "captions": {"preset": "box"},
    }


@pytest.mark.parametrize(
    ("source", "sentence"),
    [("song.txt", "song.txt is no file that a cut can use; give one that ends in .cube"), ("gone.mp3", "is not there")],
)
def test_what_cannot_be_sent_is_named(source: str, sentence: str) -> None:
    with pytest.raises(CliError, match=sentence):
        sent({"sounds": [{"kind": "music", "source": source}]}, stored)


def test_a_cut_is_read_from_yaml(tmp_path: Path) -> None:
    path = tmp_path / "cut.yaml"
    path.write_text("look:\n  grade: warm\n")
    assert read_changes(path, "'look:'") == {"look": {"grade": "warm"}}
    path.write_text("- no mapping\n")
    with pytest.raises(CliError, match=r"cut\.yaml names no changes: it must hold lines such as 'look:'"):
        read_changes(path, "'look:'")
    with pytest.raises(CliError, match="cannot be read as YAML"):
        read_changes(tmp_path / "none.yaml", "'look:'")
