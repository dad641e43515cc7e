"""docs/sound.md lists the library, the platforms' loudness and the uploads as they are."""

from pathlib import Path

from api.uploads import SOUNDS
from postprod.sound.library import listed
from tests.unit.markdown import table
from ugcgen.domain.sound import LOUDNESS

GUIDE = Path(__file__).parents[2] / "docs" / "sound.md"


def test_the_library_is_listed_whole() -> None:
    rows = [[f"`{entry.source}`", f"{entry.seconds:g} s", entry.character] for entry in listed()]
    assert table(GUIDE, "Library") == rows


def test_every_platform_stands_beside_its_loudness() -> None:
    rows = {name: (lufs, peak) for names, lufs, peak, _ in table(GUIDE, "Loudness") for name in names.split(", ")}
    wanted = {f"`{name}`": (f"{it.lufs:g} LUFS", f"{it.true_peak:g} dBTP") for name, it in LOUDNESS.items()}
    assert rows == wanted


def test_every_type_of_upload_is_named() -> None:
    page = GUIDE.read_text(encoding="utf-8")
    assert all(f"`{media_type}`" in page for media_type in SOUNDS)
