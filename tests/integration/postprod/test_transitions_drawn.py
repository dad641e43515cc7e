"""Transitions as they are drawn: their length, the way they take, and the motion that gives each its name."""

from pathlib import Path

import av
import numpy as np
from pytest import approx, fixture, mark

from postprod.picture.segments import render_segment
from tests.integration.postprod.conftest import Make, brightness
from ugcgen.domain.edit import Edit, Join, SceneCut, TransitionKind
from ugcgen.pipeline.timeline import lay_out

WIDTH, HEIGHT = 90, 160
MIXES = [kind for kind in TransitionKind if kind is not TransitionKind.CUT]
STRIPES = "geq=r='255*gt(mod(X,12),5)':g='255*gt(mod(Y,12),5)':b=128"

DISC = "geq=r='255*lt(hypot(X-45,Y-80),24)':g=0:b=0"
STILL = "speed=0.00001"


@fixture(scope="module")
def stills(make: Make) -> dict[str, Path]:
    """Clips in which nothing moves."""
    source = f"s={WIDTH}x{HEIGHT}:r=24:d=2,format=gbrp"
    return {
        "black": make("still-black.mp4", picture=f"color=black:{source}"),
        "grey": make("still-grey.mp4", picture=f"color=gray:{source}"),
        "warm": make(
            "still-warm.mp4", picture=f"gradients=c0=red:c1=yellow:x0=0:y0=0:x1=90:y1=160:speed=0.00001:{source}"
        ),
        "cold": make(
            "still-cold.mp4", picture=f"gradients=c0=blue:c1=cyan:x0=90:y0=0:x1=0:y1=160:speed=0.00001:{source}"
        ),
        "stripes": make("still-stripes.mp4", picture=f"color=black:{source},{STRIPES}"),
        "disc": make(
            "still-disc.mp4", picture=f"color=black:{source},geq=r='255*lt(hypot(X-45,Y-80),24)':g=p(X\\,Y):b=p(X\\,Y)"
        ),
    }


def joined(clips: dict[str, Path], leaving: str, coming: str, kind: TransitionKind, frames: int, folder: Path) -> Path:
    scenes = [SceneCut(scene_number=n, clip=clip, frames=frames) for n, clip in enumerate((leaving, coming), 1)]
    edit = Edit(width=WIDTH, height=HEIGHT, scenes=scenes, joins=[Join(kind=kind, frames=frames)])
    (segment,) = lay_out(edit).segments
    render_segment(segment, edit, clips, [], folder / "join.mp4")
    return folder / "join.mp4"


def pictures(film: Path) -> list[np.ndarray]:
    with av.open(str(film)) as container:
        return [frame.to_ndarray(format="rgb24").astype(int) for frame in container.decode(video=0)]


@mark.parametrize("kind", MIXES)
def test_every_kind_goes_its_way_evenly_in_its_exact_length(
    stills: dict[str, Path], tmp_path: Path, kind: TransitionKind
) -> None:
    shown = pictures(joined(stills, "warm", "cold", kind, 9, tmp_path))
    assert len(shown) == 9
    first, last = (pictures(stills[name])[0] for name in ("warm", "cold"))
    gone = [np.abs(picture - first).mean() for picture in shown]
    left = [np.abs(picture - last).mean() for picture in shown]
    share = [a / (a + b) for a, b in zip(gone, left, strict=True)]
    # As far from the leaving scene at the start as from the coming one at the end, and never going back.
    assert share[0] < 0.4
    assert share[0] == approx(1 - share[-1], abs=0.2)
    assert (np.diff(share) > -0.05).all()


@mark.parametrize("kind", ["crossfade", "dip_to_white", "whip", "zoom_out", "pixelize"])
@mark.parametrize("frames", [1, 2])
def test_a_transition_may_be_as_short_as_a_frame(
    stills: dict[str, Path], tmp_path: Path, kind: str, frames: int
) -> None:
    shown = pictures(joined(stills, "warm", "cold", TransitionKind(kind), frames, tmp_path))
    assert len(shown) == frames


@mark.parametrize(("kind", "level"), [(TransitionKind.DIP_TO_BLACK, 16), (TransitionKind.DIP_TO_WHITE, 235)])
def test_a_dip_is_its_colour_in_the_middle_alone(
    stills: dict[str, Path], tmp_path: Path, kind: TransitionKind, level: int
) -> None:
    seen = brightness(joined(stills, "grey", "grey", kind, 11, tmp_path))
    assert seen[5] == approx(level, abs=1)
    assert seen == approx(seen[::-1], abs=2)
    towards = [abs(value - level) for value in seen[:6]]
    assert np.diff(towards) == approx([-(126 - 16 if level == 16 else 235 - 126) / 6] * 5, abs=3)


@mark.parametrize(("kind", "way"), [(TransitionKind.WHIP, -1), (TransitionKind.WHIP_RIGHT, 1)])
def test_a_whip_swings_and_smears_along_its_way_alone(
    stills: dict[str, Path], tmp_path: Path, kind: TransitionKind, way: int
) -> None:
    middle = pictures(joined(stills, "stripes", "stripes", kind, 5, tmp_path))[2]
    plain = pictures(stills["stripes"])[0]
    assert np.abs(np.diff(middle[:, :, 0], axis=1)).mean() < 0.1 * np.abs(np.diff(plain[:, :, 0], axis=1)).mean()
    assert np.abs(np.diff(middle[:, :, 1], axis=0)).mean() > 0.5 * np.abs(np.diff(plain[:, :, 1], axis=0)).mean()
    edge = [picture.mean(axis=(0, 2)) for picture in pictures(joined(stills, "grey", "black", kind, 5, tmp_path))]
    bright = [(np.arange(WIDTH) * row).sum() / row.sum() for row in edge]
    assert (np.diff(bright) * way > 0).all()


@mark.parametrize(("kind", "grows"), [(TransitionKind.ZOOM, True), (TransitionKind.ZOOM_OUT, False)])
def test_a_zoom_travels_through_both_scenes(
    stills: dict[str, Path], tmp_path: Path, kind: TransitionKind, grows: bool
) -> None:
    for leaving, coming in (("disc", "black"), ("black", "disc")):
        seen = pictures(joined(stills, leaving, coming, kind, 7, tmp_path))
        # From the centre outwards, to where the disc ends.
        radius = [np.argmin(row > row[0] / 2) for row in (p[80, 45:, 0] for p in seen) if row[0] > 40]
        assert len(radius) > 4
        assert (np.diff(radius) * (1 if grows else -1) >= 0).all()
        assert max(radius) > 1.4 * min(radius)
