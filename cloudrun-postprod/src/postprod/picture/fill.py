"""A picture of any shape, size and colours as one that fills the film."""

from ffmpeg import VideoStream

from postprod.picture.reframe import Box, Focus, centred, share_kept, window
from postprod.probe import Picture
from ugcgen.domain.edit import Crop

_BLUR_SHARE, _BLUR_SIGMA, _BLUR_LIGHT = 8, 6, 0.6
"""What lies behind a picture shown whole is blurred at an eighth of the film's size, and darkened, so as not to be
looked at."""


def fill(
    stream: VideoStream,
    source: Picture,
    width: int,
    height: int,
    crop: Crop | None = None,
    focus: Focus | None = None,
) -> VideoStream:
    """What `crop` leaves of `stream` as a picture of `width` x `height`, in BT.709 video range with square pixels.

    A window of that shape is scaled to it, as near to the focus as it goes, or the whole over a blurred copy of itself
    (see `reframe`).
    """
    if source.color_space is None and not source.pixel_format.startswith(("rgb", "bgr", "gbr")):
        stream = stream.setparams(colorspace="bt709")
    left, shape = left_by(crop or Crop()), shape_in(source, width, height)
    if shown := window(left, shape, focus):
        return _scaled(_cropped(stream, shown, source), source, width, height)
    return _over_blur(stream, source, left, (width, height))


def left_by(crop: Crop) -> Box:
    """What the crop leaves of a picture, in shares of it."""
    return Box(crop.left, crop.top, 1 - crop.left - crop.right, 1 - crop.top - crop.bottom)


def shape_in(source: Picture, width: int, height: int) -> float:
    """The shape of a film of this size, measured in shares of the source's width and height."""
    return width / height / source.pixel_aspect * source.height / source.width


def _over_blur(stream: VideoStream, source: Picture, left: Box, film: tuple[int, int]) -> VideoStream:
    """All of `left`, as large as it goes, over its own middle, blurred."""
    width, height = film
    shape = shape_in(source, width, height)
    share = share_kept(left, shape)
    across = width if left.shape > shape else _even(width * share, width)
    down = height if left.shape <= shape else _even(height * share, height)
    small = (_even(width / _BLUR_SHARE, width), _even(height / _BLUR_SHARE, height))
    blurred = _scaled(_cropped(stream, centred(left, shape), source), source, *small).gblur(sigma=_BLUR_SIGMA)
    behind = blurred.lutyuv(y=f"16+(val-16)*{_BLUR_LIGHT}").scale(w=str(width), h=str(height), flags="bicubic")
    front = _scaled(_cropped(stream, left, source), source, across, down)
    return behind.overlay(front, x=str((width - across) // 4 * 2), y=str((height - down) // 4 * 2))


def _cropped(stream: VideoStream, kept: Box, source: Picture) -> VideoStream:
    """Cropping comes before scaling, because it leaves fewer pixels to scale."""
    kept = kept.scaled(source.width, source.height)
    width, height = _even(kept.width, source.width), _even(kept.height, source.height)
    if (width, height) == (source.width, source.height):
        return stream
    left, top = (
        int(min(at, whole - side)) // 2 * 2
        for at, side, whole in ((kept.left, width, source.width), (kept.top, height, source.height))
    )
    return stream.crop(out_w=str(width), out_h=str(height), x=str(left), y=str(top))


def _scaled(stream: VideoStream, source: Picture, width: int, height: int) -> VideoStream:
    if source.transfer or source.primaries:
        stream = _to_bt709(stream.scale(w=str(width), h=str(height), flags="bicubic"), source)
    return (
        stream.scale(w=str(width), h=str(height), flags="bicubic", out_color_matrix="bt709", out_range="tv")
        .setsar(sar="1")
        .format(pix_fmts="yuv420p")
        .setparams(color_primaries="bt709", color_trc="bt709", colorspace="bt709", range="tv")
    )


def _even(length: float, whole: int) -> int:
    """Chroma covers two pixels, so a stretch has an even number of them, unless it is the whole."""
    return whole if length > whole - 1 else max(2, 2 * round(length / 2))


def _to_bt709(stream: VideoStream, source: Picture) -> VideoStream:
    """HDR brought down to standard range, wide colours into BT.709. What a diffuse white shows becomes white."""
    if source.transfer:
        stream = stream.zscale(transfer="linear", npl=203).format(pix_fmts="gbrpf32le")
        stream = stream.zscale(primaries="bt709").tonemap(tonemap="mobius", desat=0)
    return stream.zscale(primaries="bt709", transfer="bt709", matrix="bt709", out_range="limited").format(
        pix_fmts="yuv420p"
    )
