"""How one scene's picture gives way to the next one's."""

from ffmpeg import VideoStream

from ugcgen.domain.edit import TransitionKind

# A dissolve is a mix of both pictures; xfade's own "dissolve" is a switch of scattered pixels.
_XFADE = {
    TransitionKind.DISSOLVE: "fade",
    TransitionKind.CROSSFADE: "fade",
    TransitionKind.FADE: "fade",
    TransitionKind.DIP_TO_BLACK: "fadeblack",
    TransitionKind.DIP_TO_WHITE: "fadewhite",
    TransitionKind.WHIP: "hblur",
    TransitionKind.ZOOM: "zoomin",
    TransitionKind.SLIDE_LEFT: "slideleft",
    TransitionKind.SLIDE_RIGHT: "slideright",
    TransitionKind.SLIDE_UP: "slideup",
    TransitionKind.SLIDE_DOWN: "slidedown",
    TransitionKind.WIPE_LEFT: "wipeleft",
    TransitionKind.WIPE_RIGHT: "wiperight",
    TransitionKind.WIPE_UP: "wipeup",
    TransitionKind.WIPE_DOWN: "wipedown",
}


def mix(leaving: VideoStream, coming: VideoStream, kind: TransitionKind, seconds: float) -> VideoStream:
    """Both pictures, each `seconds` long, as one that goes from the first to the second."""
    return leaving.xfade(coming, transition=_XFADE[kind], duration=seconds, offset=0)
