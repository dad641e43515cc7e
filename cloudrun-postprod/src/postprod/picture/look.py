"""A film's look as filters, in the order in which they cost least.

Grade, colour fringes, vignette and lens work at the clips' own size, where there are fewer pixels, and only then is the
picture enlarged. Whatever is neutral adds no filter. Grain is laid over the finished picture, captions and all.

How much each filter costs, and what was tried besides, stands in docs/look.md.
"""

from math import atan, degrees, hypot, sqrt, tan
from pathlib import Path

import ffmpeg
import numpy as np
from ffmpeg import VideoStream
from PIL import Image

from postprod.picture.grades import Coloring
from ugcgen.domain.look import Look

Size = tuple[int, int]
"""Width and height in pixels."""


def camera(
    picture: VideoStream, look: Look, coloring: Coloring, size: Size, film: Size, sway: tuple[str, str], folder: Path
) -> VideoStream:
    """`picture`, of `size`, as a camera would have taken it, at the size of the film. Grain comes later: see `grain`.

    `sway` are the camera's movements to the right and down as expressions of the frame's number `n`, from -1 to 1.
    Tables for FFmpeg are written into `folder` and have to stay there until it has run.
    """
    fringe = round(2 * look.aberration * min(size) / 1080)
    picture = colored(picture, coloring, folder, fringe=fringe)
    if look.vignette:
        picture = _vignette(picture, look.vignette, size, folder)
    if look.distortion:
        picture = _lens(picture, look.distortion, size)
    return _enlarged(picture, size, film, look.shake * min(film) / 1080, sway)


def colored(picture: VideoStream, coloring: Coloring, folder: Path, *, fringe: int = 0) -> VideoStream:
    """The picture in other colours, red and blue `fringe` pixels apart.

    Where curves are enough the picture stays in Y'CbCr, at a twentieth of a table's cost. In a table all changes of
    colour are one. FFmpeg is quick at tables in planar RGB of 16 bits alone.
    """
    if coloring.separable:
        if not coloring.is_identity:
            luma, cb, cr = coloring.curves()
            picture = picture.lutyuv(y=luma, u=cb, v=cr)
        return _from_rgb(_fringed(_to_rgb(picture, "gbrp"), fringe)) if fringe else picture
    cube = folder / "colors.cube"
    entries = coloring.lattice()
    rows = "%.5f %.5f %.5f\n" * len(entries) % tuple(entries.ravel())
    cube.write_text(f"LUT_3D_SIZE {round(len(entries) ** (1 / 3))}\n{rows}", encoding="ascii")
    picture = _to_rgb(picture, "gbrp16").lut3d(file=str(cube))
    return _from_rgb(_fringed(picture, fringe))


def grain(picture: VideoStream, look: Look) -> VideoStream:
    """Noise in the luma that is new in every frame. FFmpeg counts its strength in hundredths."""
    strength = round(100 * look.grain)
    return picture.noise(c0_seed=7, c0_strength=strength, c0_flags="t+u") if strength else picture


def _to_rgb(picture: VideoStream, pixels: str) -> VideoStream:
    return picture.zscale(matrix="gbr", out_range="full").format(pix_fmts=pixels)


def _from_rgb(picture: VideoStream) -> VideoStream:
    return picture.zscale(matrix="709", out_range="limited").format(pix_fmts="yuv420p")


def _fringed(picture: VideoStream, fringe: int) -> VideoStream:
    return picture.rgbashift(rh=fringe - fringe // 2, bh=-(fringe // 2)) if fringe else picture


def _vignette(picture: VideoStream, share: float, size: Size, folder: Path) -> VideoStream:
    """Darker by the square of the distance from the middle, in the corners by `share`.

    Black laid over it, the more the further out: this keeps black black, which a product of codes does not.
    """
    width, height = size
    across, down = ((np.arange(length) + 0.5 - length / 2) for length in size)
    distance = (across[np.newaxis, :] ** 2 + down[:, np.newaxis] ** 2) / hypot(width / 2, height / 2) ** 2
    alpha = np.round(255 * share * distance).astype(np.uint8)
    mask = folder / "vignette.png"
    Image.merge("LA", [Image.new("L", size), Image.fromarray(alpha)]).save(mask, compress_level=1)
    return picture.overlay(ffmpeg.input(mask).video, format="yuv420")


def _lens(picture: VideoStream, share: float, size: Size) -> VideoStream:
    """A barrel: straight lines near the edges bulge outwards. The middle is `share` larger; the corners stay.

    It is how an equidistant lens of that small angle sees a flat picture, which FFmpeg works out much faster than its
    `lenscorrection`, and of all lenses that bulge has the cheapest start.
    """
    # tan(angle) / angle = 1 + share, to the first order, for half the angle across the diagonal.
    angle = sqrt(3 * share)
    seen = [degrees(2 * angle * side / hypot(*size)) for side in size]
    taken = [degrees(2 * atan(tan(angle) * side / hypot(*size))) for side in size]
    return picture.v360(
        input="flat",
        output="fisheye",
        interp="linear",
        h_fov=round(seen[0], 5),
        v_fov=round(seen[1], 5),
        ih_fov=round(taken[0], 5),
        iv_fov=round(taken[1], 5),
    )


def _enlarged(picture: VideoStream, size: Size, film: Size, shake: float, sway: tuple[str, str]) -> VideoStream:
    """Scaled to the film's size, and by as much more as it moves by: `shake` of the film's pixels to each side."""
    margin = 2 * round(shake / 2 + 0.5) if shake else 0
    larger = (film[0] + 2 * margin, film[1] + 2 * margin)
    if larger != size:
        picture = picture.scale(w=str(larger[0]), h=str(larger[1]), flags="bicubic")
    if not shake:
        return picture
    x, y = (f"{margin}+{shake:.5g}*({way})" for way in sway)
    return picture.crop(out_w=str(film[0]), out_h=str(film[1]), x=x, y=y, exact=True)
