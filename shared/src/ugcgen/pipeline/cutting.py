"""The edit of a job: its outline and its cut laid over the clips and voices that were made. Pure."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from ugcgen.domain.brief import Brief, PlannedScene
from ugcgen.domain.cut import ClipEdit, Cut, Transition
from ugcgen.domain.edit import Edit, Join, SceneCut, TransitionKind
from ugcgen.domain.enums import AspectRatio, Quality, SpeechMode
from ugcgen.domain.errors import InvalidInput
from ugcgen.domain.sound import LOUDNESS, SoundPlan

FPS = 24
SHORT_SIDE = {Quality.DRAFT: 360, Quality.STANDARD: 1080, Quality.HIGH: 1080}
UNDER_A_VOICE = 0.35
"""How loud a clip's own sound is where a voiceover speaks; ducking takes it further down."""

Results = Mapping[int, Mapping[str, Any]]


def edit_of(
    brief: Brief,
    outline: list[PlannedScene],
    ratio: AspectRatio,
    clips: Results | None = None,
    voices: Results | None = None,
) -> Edit:
    """The edit of one framing of a job, from the results of its scenes' footage and voices by scene number.

    Scenes without either are left silent or unfilmed only where nobody asks for them: a segment's edit needs just its
    own scenes. Raises ValidationError where the cut cannot be made of the scenes (see `check_cut`).
    """
    cut = brief.cut
    width, height = picture_size(brief, ratio)
    return Edit(
        width=width,
        height=height,
        fps=FPS,
        quality=film_quality(brief, ratio),
        scenes=[
            _scene(scene, brief, (clips or {}).get(scene.scene_number, {}), (voices or {}).get(scene.scene_number, {}))
            for scene in outline
        ],
        joins=_joins(outline, cut),
        captions=cut.captions,
        lines=cut.lines,
        language=brief.language,
        sound=SoundPlan(
            music=brief.music,
            music_volume=cut.music_volume,
            clips=cut.sounds,
            master_volume=cut.master_volume,
            loudness_lufs=LOUDNESS[brief.platform].lufs,
            true_peak_dbtp=LOUDNESS[brief.platform].true_peak,
        ),
        look=cut.look,
        disclosure=cut.disclosure,
        platform=brief.platform,
    )


def check_cut(brief: Brief, outline: list[PlannedScene]) -> None:
    """Raises InvalidInput where the cut cannot be made of these scenes, whatever is filmed."""
    for field, last in (("clips", len(outline)), ("transitions", len(outline) - 1)):
        for number in getattr(brief.cut, field):
            if not 1 <= number <= last:
                raise InvalidInput(f"cut.{field} go by scene, 1 to {last} here, not {number}", field=f"cut.{field}")
    try:
        edit_of(brief, outline, brief.aspect_ratio)
    except ValidationError as wrong:
        raise InvalidInput.of(wrong, "cut") from wrong


def framings(brief: Brief) -> list[AspectRatio]:
    """The shapes that the film is cut in: the brief's own first, then those that the outputs ask for."""
    return list(dict.fromkeys([brief.aspect_ratio, *(output.ratio for output in brief.cut.outputs)]))


def picture_size(brief: Brief, ratio: AspectRatio) -> tuple[int, int]:
    """Width and height in pixels of the film in this shape: the largest that anything asks for."""
    sides = [output.resolution.short_side for output in brief.cut.outputs if output.ratio is ratio]
    if ratio is brief.aspect_ratio:
        sides.append(SHORT_SIDE[brief.quality])
    return frame_size(ratio, max(sides))


def film_quality(brief: Brief, ratio: AspectRatio) -> Quality:
    """The best quality that anything asks for of the film in this shape: a worse file can be made from a better one."""
    asked = [output.quality for output in brief.cut.outputs if output.ratio is ratio]
    if ratio is brief.aspect_ratio:
        asked.append(brief.quality)
    return max(asked, key=list(Quality).index)


def frame_size(ratio: AspectRatio, short: int) -> tuple[int, int]:
    """Width and height in pixels of a picture of this shape, whose shorter side has `short`."""
    across, down = (int(side) for side in ratio.split(":"))
    long = short * max(across, down) // min(across, down)
    return (short, long) if across < down else (long, short)


def _joins(outline: list[PlannedScene], cut: Cut) -> list[Join]:
    usual = [Transition(kind=scene.transition) for scene in outline[1:]]
    return [_join(cut.transitions.get(number, wanted)) for number, wanted in enumerate(usual, start=1)]


def _join(wanted: Transition) -> Join:
    if wanted.kind is TransitionKind.CUT or wanted.seconds is None:
        return Join.usual(wanted.kind, FPS)
    return Join(kind=wanted.kind, frames=max(1, round(wanted.seconds * FPS)))


def _scene(scene: PlannedScene, brief: Brief, clip: Mapping[str, Any], voice: Mapping[str, Any]) -> SceneCut:
    spoken_by_clip = brief.speech is SpeechMode.NATIVE
    edit = brief.cut.clips.get(scene.scene_number, ClipEdit())
    usual = 1.0 if spoken_by_clip else UNDER_A_VOICE
    return SceneCut(
        scene_number=scene.scene_number,
        clip=clip.get("clip") or f"scene {scene.scene_number} is not filmed",
        trim_start=edit.trim_start,
        frames=round((edit.seconds or scene.seconds) * FPS),
        speed=edit.speed,
        crop=edit.crop,
        fade_in=round(edit.fade_in * FPS),
        fade_out=round(edit.fade_out * FPS),
        voice=voice.get("voice"),
        text=(clip.get("dialogue") if spoken_by_clip else voice.get("text")) or "",
        clip_volume=0.0 if edit.muted else usual if edit.volume is None else edit.volume,
    )
