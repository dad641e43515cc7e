"""How one scene's picture gives way to the next one's.

Of a transition's `frames`, number k lies at the place (k + 1) / (frames + 1) of the way between the scenes. The frame
before the first shows the leaving scene alone, the frame after the last the coming one, and all steps are alike.
"""

from collections import defaultdict
from math import ceil

from ffmpeg import VideoStream
from ffmpeg.filters import concat, hstack

from ugcgen.domain.edit import TransitionKind

_XFADE = {
    # xfade's own "dissolve" is a switch of scattered pixels; a dissolve is a mix of both pictures.
    TransitionKind.DISSOLVE: "fade",
    TransitionKind.CROSSFADE: "fade",
    TransitionKind.FADE: "fade",
    TransitionKind.SLIDE_LEFT: "slideleft",
    TransitionKind.SLIDE_RIGHT: "slideright",
    TransitionKind.SLIDE_UP: "slideup",
    TransitionKind.SLIDE_DOWN: "slidedown",
    TransitionKind.WIPE_LEFT: "wipeleft",
    TransitionKind.WIPE_RIGHT: "wiperight",
    TransitionKind.WIPE_UP: "wipeup",
    TransitionKind.WIPE_DOWN: "wipedown",
    TransitionKind.SMOOTH_LEFT: "smoothleft",
    TransitionKind.SMOOTH_RIGHT: "smoothright",
    TransitionKind.CIRCLE_OPEN: "circleopen",
    TransitionKind.CIRCLE_CLOSE: "circleclose",
    TransitionKind.RADIAL: "radial",
    TransitionKind.PIXELIZE: "pixelize",
}

_SMEARS = 6
"""Speeds of a whip that are told apart, since each needs a filter with a picture's worth of memory."""

_ZOOM = 2.0
"""How large the leaving picture grows in a zoom, and so how small the coming one begins."""


def mix(
    leaving: VideoStream, coming: VideoStream, kind: TransitionKind, frames: int, fps: int, size: tuple[int, int]
) -> VideoStream:
    """Both pictures, of `frames` frames and `size` (width, height), as one that goes from the first to the second."""
    match kind:
        case TransitionKind.DIP_TO_BLACK:
            return _dip(leaving, coming, "black", frames, fps)
        case TransitionKind.DIP_TO_WHITE:
            return _dip(leaving, coming, "white", frames, fps)
        case TransitionKind.WHIP:
            return _panned(hstack(leaving, coming), "{way}", frames, size[0])
        case TransitionKind.WHIP_RIGHT:
            return _panned(hstack(coming, leaving), "(1-{way})", frames, size[0])
        case TransitionKind.ZOOM:
            leaving, coming = _zoomed(leaving, 1, _ZOOM, frames), _zoomed(_mirrored(coming, *size), 1, _ZOOM, frames)
            return _crossed(leaving, _halved(coming), "fade", frames, fps)
        case TransitionKind.ZOOM_OUT:
            leaving, coming = _zoomed(_mirrored(leaving, *size), _ZOOM, 1, frames), _zoomed(coming, _ZOOM, 1, frames)
            return _crossed(_halved(leaving), coming, "fade", frames, fps)
        case _:
            return _crossed(leaving, coming, _XFADE[kind], frames, fps)


def _crossed(leaving: VideoStream, coming: VideoStream, how: str, frames: int, fps: int) -> VideoStream:
    # As if it had begun a frame earlier and ended a frame later, with frames that are not shown.
    return leaving.xfade(coming, transition=how, duration=(frames + 1) / fps, offset=-1 / fps)


def _dip(leaving: VideoStream, coming: VideoStream, color: str, frames: int, fps: int) -> VideoStream:
    """Down to one colour at the middle, and up from it."""
    middle, whole = (frames + 1) // 2, (frames + 1) / fps
    # Either fade lasts half of the way: with times twice as fast that is a whole number of frames, as `fade` needs it.
    place, plain = f"2*(N+1)/({fps}*TB)", f"N/({fps}*TB)"
    down = leaving.setpts(expr=place).fade(type="out", start_time=0, duration=whole, color=color)
    up = coming.setpts(expr=place).fade(type="in", start_time=whole, duration=whole, color=color)
    shown = down.trim(end_frame=middle).setpts(expr=plain), up.trim(start_frame=middle).setpts(expr=plain)
    return concat(*shown, n=2).video(0)


def _panned(strip: VideoStream, side: str, frames: int, width: int) -> VideoStream:
    """A camera swung from one half of the strip to the other, from rest to rest, its shutter open all the while.

    What moves by some pixels while a frame is exposed is smeared evenly over as many.
    """
    steps = frames + 1
    fastest = width * 1.5 / steps
    smeared: dict[int, list[int]] = defaultdict(list)
    for frame in range(frames):
        at = (frame + 1) / steps
        speed = ceil(_SMEARS * 4 * at * (1 - at)) / _SMEARS
        smeared[round(speed * fastest / 2)].append(frame)
    for radius, shown in smeared.items():
        if radius:
            strip = strip.avgblur(sizeX=radius, sizeY=1, enable="+".join(f"eq(n,{frame})" for frame in shown))
    place = f"((n+1)/{steps})"
    left = side.format(way=f"{place}*{place}*(3-2*{place})")
    return strip.crop(out_w="iw/2", out_h="ih", x=f"iw/2*{left}", y="0", exact=True)


def _zoomed(picture: VideoStream, first: float, last: float, frames: int) -> VideoStream:
    """The picture's middle enlarged, from `first` to `last` times, at an even pace to the eye, from rest to rest."""
    at = f"(in/{frames + 1})"
    margin = f"(1-1/({first}*pow({last / first},{at}*{at}*(3-2*{at}))))/2"
    near, far = (f"{{}}*{margin}", f"{{}}*(1-{margin})")
    return picture.perspective(
        x0=near.format("W"),
        y0=near.format("H"),
        x1=far.format("W"),
        y1=near.format("H"),
        x2=near.format("W"),
        y2=far.format("H"),
        x3=far.format("W"),
        y3=far.format("H"),
        eval="frame",
    )


def _mirrored(picture: VideoStream, width: int, height: int) -> VideoStream:
    """The picture amid its own reflections, on an area twice as wide and high."""
    around = picture.pad(width="2*iw", height="2*ih", x="iw/2", y="ih/2")
    x, y = width // 2, height // 2
    return around.fillborders(left=x, right=x, top=y, bottom=y, mode="mirror")


def _halved(picture: VideoStream) -> VideoStream:
    return picture.scale(w="iw/2", h="ih/2", flags="bilinear")
