"""Every way a brief can be wrong, and the sentence that says so."""

from pathlib import Path

import pytest

from ugcgen.domain.enums import SceneJoin, SceneType
from ugcgen_cli.brief_file import read_brief
from ugcgen_cli.errors import CliError

EXAMPLE = Path(__file__).parents[3] / "examples" / "brief.yaml"


def sentence(folder: Path, text: str) -> str:
    path = folder / "brief.yaml"
    path.write_text(text)
    with pytest.raises(CliError) as caught:
        read_brief(path)
    return str(caught.value).removeprefix(str(path))


def test_the_example_is_a_brief_of_forty_seconds_with_one_long_and_one_chained_scene() -> None:
    brief = read_brief(EXAMPLE)
    assert brief.product_name == "Lumi Glow"
    assert [scene.seconds for scene in brief.scenes or []] == [6, 8, 12, 8, 6]
    assert brief.max_scene_duration == 8
    assert [scene.join for scene in brief.scenes or []] == [None, None, None, SceneJoin.CHAIN, None]
    assert next(scene.scene_type for scene in brief.scenes or []) is SceneType.HOOK


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("prompt: a serum\n", ": product_name is missing"),
        ("product_name: Lumi\nprompt: x\ntome: warm\n", ", line 3: tome is no field of a brief; did you mean tone?"),
        ("product_name: Lumi\nprompt: x\nzzz: 1\n", ", line 3: zzz is no field of a brief"),
        (
            "product_name: Lumi\nprompt: x\nscenes:\n  - seconds: 4\n  - secnds: 5\n    seconds: 4\n",
            ", line 5: scene 2, secnds is no field of a brief; did you mean seconds?",
        ),
        (
            "product_name: Lumi\nprompt: x\nscenes:\n  - seconds: 4\n\n  - seconds: -1\n",
            ", line 6: scene 2, seconds: input should be greater than 0",
        ),
        ("product_name: Lumi\nprompt: x\nscenes:\n  - note: hi\n", ", line 4: scene 1, seconds is missing"),
        (
            "product_name: Lumi\nprompt: x\naspect_ratio: 9:16\n",
            ", line 3: aspect_ratio: input should be '9:16', '16:9' or '1:1'",
        ),
        (
            "product_name: Lumi\nprompt: x\ntotal_seconds: 9\nscenes:\n  - seconds: 4\n",
            ": total_seconds is 9 but the scenes add up to 4; keep one of the two",
        ),
        (
            "product_name: ''\nplatform: vhs\n",
            ", line 1: product_name: string should have at least 1 character (2 more)",
        ),
        ("product_name: [\n", ", line 2 is no YAML: expected the node content, but found '<stream end>'"),
        ("product_name: a: b\n", ", line 1 is no YAML: mapping values are not allowed here"),
        ("? [a]\n: 1\n", ", line 1 is no YAML: found unhashable key"),
        ("- Lumi\n", " is no brief: it must hold lines such as 'product_name: ...' and 'prompt: ...'"),
        ("", " is no brief: it must hold lines such as 'product_name: ...' and 'prompt: ...'"),
    ],
)
def test_one_sentence_names_line_and_field(tmp_path: Path, text: str, expected: str) -> None:
    assert sentence(tmp_path, text) == expected


def test_a_missing_file_a_folder_and_a_picture(tmp_path: Path) -> None:
    missing = tmp_path / "none.yaml"
    with pytest.raises(CliError, match=f"the brief {missing} cannot be read: No such file or directory"):
        read_brief(missing)
    with pytest.raises(CliError, match="cannot be read: Is a directory"):
        read_brief(tmp_path)
    binary = tmp_path / "brief.jpg"
    binary.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF")
    with pytest.raises(CliError, match="is no text file in UTF-8"):
        read_brief(binary)
    binary.write_bytes(b"product_name: \x01\n")
    with pytest.raises(CliError, match="is no YAML"):
        read_brief(binary)
