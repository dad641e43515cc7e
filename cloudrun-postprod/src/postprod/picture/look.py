"""A film's look as filters, in the order in which they cost least.

Grade, colour fringes, vignette and lens work at the clips' own size, where there are fewer pixels, and only then is the
picture enlarged. Whatever is neutral adds no filter. Grain is laid over the finished picture, captions and all.

How much each filter costs, and what was tried besides, stands in docs/look.md.
"""

from math import ceil, hypot
from pathlib import Path

import ffmpeg
import numpy as np
from ffmpeg import VideoStream
from ffmpeg.common.schema import StreamType

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
        picture = _lens(picture, look.distortion)
    return _enlarged(picture, look, size, film, sway)


def colored(picture: VideoStream, coloring: Coloring, folder: Path, *, fringe: int = 0) -> VideoStream:
    """The picture in other colours, red and blue `fringe` pixels apart.

    Curves keep the picture in Y'CbCr, for less than a table costs. In a table all changes of colour are one. FFmpeg is
    quick at tables in planar RGB of 16 bits alone.
    """
    if coloring.table is None:
        picture = _curved(picture, coloring)
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


def _curved(picture: VideoStream, coloring: Coloring) -> VideoStream:
    """The picture through curves of each plane alone, tints from the luma added to the colours.

    There are a quarter as many colours as lumas, so these are taken from the luma at half its size.
    """
    if coloring.is_identity:
        return picture
    luma, cb, cr = coloring.curves()
    bent = picture.lutyuv(y=luma, u=cb, v=cr)
    if not coloring.recipe.tinted:
        return bent
    small = picture.scale(w="iw/2", h="ih/2", flags="bilinear")
    added = [small.lutyuv(y=tint) for tint in coloring.tints()]
    # By name: typed-ffmpeg 4.6 miscounts the inputs of its own mergeplanes.
    typings = (StreamType.video,) * 3
    tint = ffmpeg.vfilter(
        picture, *added, name="mergeplanes", input_typings=typings, map1s=1, map2s=2, format="yuv420p"
    )
    return bent.blend(tint, c0_mode="normal", c1_mode="grainmerge", c2_mode="grainmerge")


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
    mask = folder / "vignette.yuva"
    # Planes as `overlay` wants them, so that nothing has to be packed, unpacked and converted first.
    mask.write_bytes(bytes([16]) * alpha.size + bytes([128]) * (alpha.size // 2) + alpha.tobytes())
    planes = {"video_size": f"{width}x{height}", "pixel_format": "yuva420p"}
    black = ffmpeg.input(mask, f="rawvideo", extra_options=planes).video.setparams(colorspace="bt709", range="tv")
    return picture.overlay(black, format="yuv420")


def _lens(picture: VideoStream, share: float) -> VideoStream:
    """A barrel: straight lines near the edges bulge outwards. The corners draw in by `share`, out of nothing.

    `v360` bends a frame in two thirds of the time, but takes as long as a hundred frames to begin.
    """
    return picture.lenscorrection(k1=share, k2=0, i="bilinear")


def _enlarged(picture: VideoStream, look: Look, size: Size, film: Size, sway: tuple[str, str]) -> VideoStream:
    """Scaled to the film's size, and by as much more as the lens left empty and the hand moves by to each side."""
    shake = look.shake * min(film) / 1080
    margins = [ceil(side * look.distortion / 2 + shake) for side in film]
    larger = (film[0] + 2 * margins[0], film[1] + 2 * margins[1])
    if larger != size:
        picture = picture.scale(w=str(larger[0]), h=str(larger[1]), flags="bicubic")
    if larger == film:
        return picture
    x, y = (f"{margin}+{shake:.5g}*({way})" for margin, way in zip(margins, sway, strict=True))
    return picture.crop(out_w=str(film[0]), out_h=str(film[1]), x=x, y=y, exact=True)
