"""Photos are looked at before anything is sent."""

from pathlib import Path

import pytest
from PIL import Image

from ugcgen_cli.errors import CliError
from ugcgen_cli.photos import check_photos


@pytest.mark.parametrize(("form", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")])
def test_the_type_is_what_the_bytes_are_and_not_the_name(tmp_path: Path, form: str, media_type: str) -> None:
    path = tmp_path / "photo.gif"
    Image.new("RGB", (8, 8)).save(path, form)
    (photo,) = check_photos([path])
    assert (photo.path, photo.media_type, photo.size) == (path, media_type, path.stat().st_size)


def test_what_is_no_picture_is_named(tmp_path: Path) -> None:
    text, gif, cut = tmp_path / "notes.jpg", tmp_path / "moving.gif", tmp_path / "cut.png"
    text.write_text("not a picture")
    Image.new("RGB", (8, 8)).save(gif)
    Image.effect_noise((64, 64), 50).save(cut)
    cut.write_bytes(cut.read_bytes()[:200])
    for path, why in [
        (tmp_path / "none.jpg", f"the photo {tmp_path}/none.jpg cannot be read: No such file"),
        (tmp_path, "cannot be read: Is a directory"),
        (text, f"{text} is no JPEG, PNG or WebP picture"),
        (gif, f"{gif} is no JPEG, PNG or WebP picture"),
        (cut, f"{cut} is damaged"),
    ]:
        with pytest.raises(CliError) as caught:
            check_photos([path])
        assert why in str(caught.value)
