"""The length of a film in seconds, beside its frames: a container's clock has ticks, and rounds to them."""

from pytest import mark

from postprod.checks.headers import picture_header_checks
from postprod.probe import Picture
from ugcgen.domain.edit import Edit, SceneCut

EDIT = Edit(width=360, height=640, scenes=[SceneCut(scene_number=1, clip="a", frames=202)])


def shown(seconds: float) -> Picture:
    return Picture(
        codec="h264",
        width=360,
        height=640,
        fps=24.0,
        frames=202,
        seconds=seconds,
        pixel_format="yuv420p",
        color_space="bt709",
        rotation=0,
    )


@mark.parametrize(
    ("seconds", "ok"),
    [(202 / 24, True), (103_420 / 12_288, True), (202.4 / 24, True), (201 / 24, False), (203 / 24, False)],
)
def test_a_few_ticks_are_no_other_length(seconds: float, ok: bool) -> None:
    checks = {check.name: check.ok for check in picture_header_checks(shown(seconds), EDIT)}
    assert checks.pop("seconds") is ok
    assert all(checks.values())
