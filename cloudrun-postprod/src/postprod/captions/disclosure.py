"""The words that say the film was made with AI, as a label in a corner for the whole film.

The law on synthetic performers in advertisements asks for a conspicuous disclosure: the letters are 3.5 % of the
picture's shorter side (38 pixels of 1080), white on a box dark enough for a contrast above 7:1 over a white picture.
"""

from dataclasses import replace

from postprod.captions.layout import Block, block_of, free_of
from postprod.captions.lines import Line
from ugcgen.domain.captions import CaptionPreset, CaptionStyle
from ugcgen.domain.edit import Edit
from ugcgen.domain.errors import MediaError
from ugcgen.domain.output import Corner

COLOR, BACKGROUND, OPACITY = "#FFFFFF", "#000000", 0.66
_ROW = 0.042
"""The height of a row, as a share of the picture's shorter side."""
_WIDEST = 0.6


def label_of(edit: Edit) -> Block | None:
    """The edit's disclosure at its place, or None if it shows none. Raises MediaError if it has nothing to read."""
    wanted = edit.disclosure
    if not wanted.shown:
        return None
    row = _ROW * min(edit.width, edit.height) / edit.height
    style = CaptionStyle(
        preset=CaptionPreset.CLEAN, weight=500, text_height=row, text_width=_WIDEST, background_opacity=OPACITY
    )
    words = tuple(wanted.text.split())
    block = block_of(Line(words, (0,) * len(words), 1, bottom=0.5, style=style), edit)
    if block is None:
        raise MediaError(f"the disclosure {wanted.text!r} has nothing that can be read; write it in letters")
    box, zone = block.box, free_of(edit)
    left = wanted.corner in {Corner.TOP_LEFT, Corner.BOTTOM_LEFT}
    top = wanted.corner in {Corner.TOP_LEFT, Corner.TOP_RIGHT}
    across = zone.left * edit.width - box.left if left else (1 - zone.right) * edit.width - box.right
    down = zone.top * edit.height - box.top if top else (1 - zone.bottom) * edit.height - box.bottom
    rows = tuple(
        tuple(replace(word, left=word.left + across, baseline=word.baseline + down) for word in words)
        for words in block.rows
    )
    return replace(block, rows=rows)
