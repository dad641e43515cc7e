"""The contact sheet shows every frame, in order, at one size."""

from pathlib import Path

from PIL import Image

from ugcgen_cli.contact_sheet import Cell, contact_sheet

COLOURS = [(200, 30, 30), (30, 200, 30), (30, 30, 200), (200, 200, 30), (30, 200, 200), (200, 30, 200)]


def cells(folder: Path, count: int) -> list[Cell]:
    made = []
    for number, colour in enumerate(COLOURS[:count], start=1):
        frame = folder / f"{number}.png"
        Image.new("RGB", (720, 1280), colour).save(frame)
        made.append(Cell(number, frame, "So I finally tried it and I have to tell you", 0.9 if number > 1 else None))
    return made


def test_frames_stand_in_rows_of_five(tmp_path: Path) -> None:
    sheet = contact_sheet(cells(tmp_path, 6))
    assert sheet.width == 5 * 270 + 6 * 16
    half = (sheet.height - 16) // 2
    for position, colour in enumerate(COLOURS):
        row, column = divmod(position, 5)
        assert sheet.getpixel((16 + column * 286 + 135, 16 + row * half + 240)) == colour


def test_each_frame_has_a_caption_below_it(tmp_path: Path) -> None:
    one = contact_sheet(cells(tmp_path, 1))
    caption = one.crop((16, 16 + 480 + 8, 286, one.height))
    ink = [pixel for pixel in caption.get_flattened_data() if pixel != (22, 22, 26)]
    assert one.width == 270 + 2 * 16
    assert len(ink) > 200
