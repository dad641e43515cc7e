"""The storyboard on one picture: the frames in order, each with its scene's number, score and first words."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

from ugcgen_cli.wording import points, start_of

_COLUMNS = 5
_FRAME_WIDTH = 270
_GAP = 16
_HEAD, _LINE = 20, 15
_PAPER, _INK, _PALE = "#16161A", "#FFFFFF", "#B9B9C2"


@dataclass(frozen=True)
class Cell:
    """One frame; ``score`` is None where nothing was compared."""

    scene_number: int
    frame: Path
    dialogue: str
    score: float | None


def contact_sheet(cells: Sequence[Cell]) -> Image.Image:
    """All frames at one size, up to five in a row."""
    pictures = [_scaled(cell.frame) for cell in cells]
    row_height = max(picture.height for picture in pictures) + _caption_height() + _GAP
    columns = min(_COLUMNS, len(cells))
    rows = -(-len(cells) // columns)
    sheet = Image.new("RGB", (columns * (_FRAME_WIDTH + _GAP) + _GAP, rows * row_height + _GAP), _PAPER)
    for position, (cell, picture) in enumerate(zip(cells, pictures, strict=True)):
        row, column = divmod(position, columns)
        left, top = _GAP + column * (_FRAME_WIDTH + _GAP), _GAP + row * row_height
        sheet.paste(picture, (left, top))
        _caption(ImageDraw.Draw(sheet), cell, left, top + picture.height + _GAP // 2)
    return sheet


def _scaled(frame: Path) -> Image.Image:
    with Image.open(frame) as picture:
        height = round(picture.height * _FRAME_WIDTH / picture.width)
        return ImageOps.fit(picture.convert("RGB"), (_FRAME_WIDTH, height))


def _caption(draw: ImageDraw.ImageDraw, cell: Cell, left: int, top: int) -> None:
    score = "" if cell.score is None else f" · {points(cell.score)}"
    draw.text((left, top), f"{cell.scene_number}{score}", _INK, ImageFont.load_default(_HEAD))
    text = "\n".join(textwrap.wrap(start_of(cell.dialogue, 60), width=34)[:2])
    draw.multiline_text((left, top + _HEAD + 8), text, _PALE, ImageFont.load_default(_LINE))


def _caption_height() -> int:
    return _GAP // 2 + _HEAD + 8 + 2 * (_LINE + 6)
