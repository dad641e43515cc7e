from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from pytest import mark, raises

from ugcgen.domain.edit import Edit, Join, SceneCut, TransitionKind
from ugcgen.pipeline.timeline import lay_out

MIXES = [kind for kind in TransitionKind if kind is not TransitionKind.CUT]


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    overlaps = draw(st.lists(st.integers(0, 30), max_size=7))
    bodies = draw(st.lists(st.integers(0, 300), min_size=len(overlaps) + 1, max_size=len(overlaps) + 1))
    around = zip([0, *overlaps], [*overlaps, 0], bodies, strict=True)
    return Edit(
        fps=draw(st.sampled_from([24, 25, 30, 60])),
        scenes=[
            SceneCut(scene_number=n, clip=f"clip-{n}", frames=max(1, before + body + after))
            for n, (before, after, body) in enumerate(around, 1)
        ],
        joins=[Join(kind=draw(st.sampled_from(MIXES)) if n else TransitionKind.CUT, frames=n) for n in overlaps],
    )


@given(edits())
def test_segments_cover_the_film_without_gap_or_overlap(edit: Edit) -> None:
    timeline = lay_out(edit)
    at = 0
    for segment in timeline.segments:
        assert segment.start == at
        assert segment.frames > 0
        at = segment.end
    assert at == timeline.frames == edit.frames
    assert edit.frames == sum(s.frames for s in edit.scenes) - sum(j.frames for j in edit.joins)
    assert len({segment.name for segment in timeline.segments}) == len(timeline.segments)


@given(edits())
def test_every_frame_of_every_scene_is_shown_once_and_where_it_belongs(edit: Edit) -> None:
    timeline = lay_out(edit)
    for index, scene in enumerate(edit.scenes):
        shown = [
            (piece.first + n, segment.start + n)
            for segment in timeline.segments
            for piece in segment.pieces
            if piece.scene == index
            for n in range(piece.frames)
        ]
        assert [source for source, _ in shown] == list(range(scene.frames))
        assert all(film == timeline.scene_starts[index] + source for source, film in shown)


@given(edits())
def test_two_pieces_are_exactly_the_transitions(edit: Edit) -> None:
    mixed = [s for s in lay_out(edit).segments if len(s.pieces) == 2]
    assert [(s.transition, s.frames) for s in mixed] == [(j.kind, j.frames) for j in edit.joins if j.frames]
    assert all(piece.frames == segment.frames for segment in mixed for piece in segment.pieces)


def _scenes(*frames: int) -> list[SceneCut]:
    return [SceneCut(scene_number=n, clip="c", frames=f) for n, f in enumerate(frames, 1)]


@mark.parametrize(
    ("document", "complaint"),
    [
        ({"scenes": _scenes(48, 48), "joins": []}, "2 scenes need 1 joins, not 0"),
        ({"scenes": _scenes(48), "fps": 23}, "do not divide"),
        (
            {"scenes": _scenes(20, 20, 20), "joins": [Join.usual(TransitionKind.DISSOLVE, 24)] * 2},
            "scene 2 has 20 frames, fewer than its transitions need",
        ),
        ({"scenes": []}, "at least 1 item"),
        ({"scenes": _scenes(24), "width": 1081}, "multiple of 2"),
    ],
)
def test_an_edit_that_does_not_add_up_is_refused(document: dict[str, object], complaint: str) -> None:
    with raises(ValidationError, match=complaint):
        Edit.model_validate(document)


def test_a_cut_is_instant_and_nothing_else_is() -> None:
    with raises(ValidationError, match="a cut of 3 frames"):
        Join(kind=TransitionKind.CUT, frames=3)
    with raises(ValidationError, match="a dissolve of 0 frames"):
        Join(kind=TransitionKind.DISSOLVE)


def test_usual_lengths() -> None:
    lengths = {kind: Join.usual(kind, 24).frames for kind in TransitionKind}
    assert lengths[TransitionKind.CUT] == 0
    assert lengths[TransitionKind.CROSSFADE] == 19
    assert lengths[TransitionKind.WHIP] == lengths[TransitionKind.ZOOM] == 5
    assert lengths[TransitionKind.DISSOLVE] == lengths[TransitionKind.DIP_TO_BLACK] == 12


def test_what_is_rendered_has_names_that_sort_in_order() -> None:
    edit = Edit(scenes=_scenes(48, 48, 48), joins=[Join.usual(TransitionKind.WHIP, 24), Join()])
    assert [segment.name for segment in lay_out(edit).segments] == ["body-01", "join-01", "body-02", "body-03"]
