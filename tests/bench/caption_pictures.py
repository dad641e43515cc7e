"""The pictures of docs/captions.md: every caption style, writing systems, and a mouth that is kept clear.

.venv/bin/python -m tests.bench.caption_pictures [folder]
"""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import av
import ffmpeg
from PIL import Image

from postprod.captions.film import film_captions
from postprod.captions.placement import mouths_in
from postprod.ffmpeg import run
from postprod.picture.segments import render_segment
from postprod.sound.words import Word
from ugcgen.domain.captions import CaptionPreset, CaptionStyle
from ugcgen.domain.edit import Edit, SceneCut
from ugcgen.domain.output import Disclosure
from ugcgen.pipeline.timeline import lay_out

ROOT = Path(__file__).parents[2]
PHOTO = ROOT / "examples" / "photos" / "avatar-front.jpg"
WIDTH, HEIGHT, FRAMES, SHOWN = 360, 640, 40, 30

SCRIPTS = {
    "ar": "هذا الكريم رائع",
    "he": "הקרם הזה נהדר",
    "hi": "यह क्रीम शानदार है",
    "th": "ครีมนี้ดีมากจริงๆ",
    "zh": "这款面霜太好用了",
    "ja": "このクリームはすごい",
    "ko": "이 크림 정말 좋아요",
    "ru": "Этот крем чудесный",
    "el": "Αυτή η κρέμα λάμπει",
    "vi": "Kem này thật tuyệt",
}


def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        clip = Path(scratch) / "clip.mp4"
        still = ffmpeg.input(PHOTO, extra_options={"loop": 1, "framerate": 24, "t": FRAMES / 24}).video
        run(still.output(filename=clip, extra_options={"crf": 8, "pix_fmt": "yuv420p"}), "make a clip")
        styles = [
            _shot(clip, "This cream is my whole morning", preset, Path(scratch), disclosure=Disclosure())
            for preset in CaptionPreset
        ]
        _side_by_side(styles, folder / "caption-styles.jpg")
        presets = list(CaptionPreset)
        scripts = [
            _shot(clip, text, presets[at % 4], Path(scratch), language=language).crop((0, 400, WIDTH, 500))
            for at, (language, text) in enumerate(SCRIPTS.items())
        ]
        columns = [_stacked(scripts[at::2]) for at in range(2)]
        _side_by_side(columns, folder / "caption-scripts.jpg")
        over_mouth = {"bottom": 0.55}
        mouths = [
            _shot(clip, "Right on the mouth", CaptionPreset.BOX, Path(scratch), careful=careful, **over_mouth)
            for careful in (False, True)
        ]
        _side_by_side(mouths, folder / "caption-mouth.jpg")


def _shot(
    clip: Path,
    text: str,
    preset: CaptionPreset,
    scratch: Path,
    *,
    language: str = "en",
    disclosure: Disclosure | None = None,
    careful: bool = True,
    **style: float,
) -> Image.Image:
    """One frame of a film that says `text`, through the door that films are rendered by."""
    scene = SceneCut(scene_number=1, clip="clip", frames=FRAMES)
    edit = Edit(
        width=WIDTH,
        height=HEIGHT,
        scenes=[scene],
        language=language,
        captions=CaptionStyle.model_validate({"preset": preset, "text_height": 0.05, **style}),
        disclosure=disclosure or Disclosure(shown=False),
    )
    timeline = lay_out(edit)
    tokens = text.split()
    words = [
        Word(token, at * FRAMES / 24 / len(tokens), (at + 1) * FRAMES / 24 / len(tokens))
        for at, token in enumerate(tokens)
    ]
    lines = film_captions(edit, timeline, [], {0: words}, {0: mouths_in(scene, clip, edit)} if careful else None)
    out = scratch / "shot.mp4"
    render_segment(timeline.segments[0], edit, {"clip": clip}, lines, out)
    with av.open(str(out)) as container:
        return next(frame.to_image() for at, frame in enumerate(container.decode(video=0)) if at == SHOWN)


def _side_by_side(pictures: Sequence[Image.Image], out: Path) -> None:
    sheet = Image.new("RGB", (sum(p.width for p in pictures), pictures[0].height))
    for at, picture in enumerate(pictures):
        sheet.paste(picture, (at * picture.width, 0))
    sheet.save(out, "JPEG", quality=80)


def _stacked(pictures: Sequence[Image.Image]) -> Image.Image:
    sheet = Image.new("RGB", (pictures[0].width, sum(p.height for p in pictures)))
    for at, picture in enumerate(pictures):
        sheet.paste(picture, (0, at * picture.height))
    return sheet


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images")
