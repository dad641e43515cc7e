"""``make look-pictures``: what each part of a look does, before and after, side by side; the pictures of docs/look.md.

The faults of a camera are drawn several times as strong as they are by default, or nobody would see them in print.
"""

import sys
import tempfile
from pathlib import Path

import ffmpeg
from PIL import Image, ImageOps

from infra.local.parts import REPO
from postprod.ffmpeg import run
from postprod.picture.grades import Coloring
from postprod.picture.look import camera, grain
from postprod.picture.match import NEUTRAL, balance, palette_of_still
from ugcgen.domain.look import Grade, Look

SIZE = (288, 512)
PLAIN = Look.plain()
LOOKS = {
    **{f"grade-{grade}": PLAIN.model_copy(update={"grade": grade}) for grade in Grade if grade is not Grade.NONE},
    "saturation": PLAIN.model_copy(update={"saturation": 0.6}),
    "vignette": PLAIN.model_copy(update={"vignette": 0.4}),
    "aberration": PLAIN.model_copy(update={"aberration": 6.0}),
    "distortion": PLAIN.model_copy(update={"distortion": 0.05}),
    "shake": PLAIN.model_copy(update={"shake": 6.0}),
    "grain": PLAIN.model_copy(update={"grain": 0.1}),
    "match": PLAIN.model_copy(update={"match_colors": True}),
}


def draw(name: str, look: Look, photo: Path, out: Path) -> None:
    """The photo and the photo with this look, as one JPEG."""
    with tempfile.TemporaryDirectory() as folder:
        frame = Path(folder) / "frame.png"
        own = balance(palette_of_still(photo), NEUTRAL)
        coloring = Coloring.of(look, own) if look.match_colors else Coloring.of(look)
        shot = ffmpeg.input(photo).video.scale(out_color_matrix="bt709", out_range="tv").format(pix_fmts="yuv420p")
        shot = shot.setparams(colorspace="bt709", range="tv")
        shot = camera(shot, look, coloring, SIZE, SIZE, ("1", "1"), Path(folder))
        shown = grain(shot, look).scale(in_color_matrix="bt709", in_range="tv").format(pix_fmts="rgb24")
        run(shown.output(filename=frame, vframes=1), f"draw {name}")
        with Image.open(photo) as before, Image.open(frame) as after:
            pair = Image.new("RGB", (2 * SIZE[0] + 8, SIZE[1]), "white")
            pair.paste(before, (0, 0))
            pair.paste(after, (SIZE[0] + 8, 0))
            pair.save(out / f"{name}.jpg", quality=82)


def main() -> None:
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        photo = Path(folder) / "photo.png"
        with Image.open(REPO / "examples/photos/avatar-front.jpg") as drawn:
            ImageOps.fit(drawn.convert("RGB"), SIZE).save(photo)
        for name, look in LOOKS.items():
            draw(name, look, photo, out)


if __name__ == "__main__":
    main()
