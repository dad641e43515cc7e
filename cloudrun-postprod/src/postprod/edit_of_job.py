"""The edit of a job: its outline laid over the clips and voices that were made. Pure."""

from collections.abc import Mapping
from typing import Any

from ugcgen.domain.brief import PlannedScene
from ugcgen.domain.edit import CaptionStyle, Edit, Join, SceneCut, SoundPlan
from ugcgen.domain.enums import AspectRatio, Quality, SpeechMode
from ugcgen.domain.job import Job

FPS = 24
SHORT_SIDE = {Quality.DRAFT: 360, Quality.STANDARD: 1080, Quality.HIGH: 1080}
UNDER_A_VOICE = 0.35
"""How loud a clip's own sound is where a voiceover speaks; ducking takes it further down."""

Results = Mapping[int, Mapping[str, Any]]


def edit_of(job: Job, clips: Results, voices: Results) -> Edit:
    """The edit, from the results of the scenes' footage and voices by scene number. Scenes without either are left
    silent or unfilmed only where nobody asks for them: a segment's edit needs just its own scenes."""
    width, height = picture_size(job.brief.aspect_ratio, job.brief.quality)
    spoken_by_clip = job.brief.speech is SpeechMode.NATIVE
    return Edit(
        width=width,
        height=height,
        fps=FPS,
        scenes=[
            _cut(scene, clips.get(scene.scene_number, {}), voices.get(scene.scene_number, {}), spoken_by_clip)
            for scene in job.outline
        ],
        joins=[Join.usual(scene.transition, FPS) for scene in job.outline[1:]],
        captions=CaptionStyle(shown=job.brief.captions),
        sound=SoundPlan(music=job.music),
    )


def picture_size(ratio: AspectRatio, quality: Quality) -> tuple[int, int]:
    """Width and height in pixels."""
    short = SHORT_SIDE[quality]
    across, down = (int(side) for side in ratio.split(":"))
    long = short * max(across, down) // min(across, down)
    return (short, long) if across < down else (long, short)


def _cut(scene: PlannedScene, clip: Mapping[str, Any], voice: Mapping[str, Any], spoken_by_clip: bool) -> SceneCut:
    return SceneCut(
        scene_number=scene.scene_number,
        clip=clip.get("clip") or f"scene {scene.scene_number} is not filmed",
        frames=round(scene.seconds * FPS),
        voice=voice.get("voice"),
        text=(clip.get("dialogue") if spoken_by_clip else voice.get("text")) or "",
        clip_volume=1.0 if spoken_by_clip else UNDER_A_VOICE,
    )
