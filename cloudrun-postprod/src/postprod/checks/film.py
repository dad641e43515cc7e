"""All checks of one film."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from postprod.captions.film import film_captions
from postprod.captions.lines import Line
from postprod.checks.captions import caption_check
from postprod.checks.damage import damage_check
from postprod.checks.faults import picture_checks
from postprod.checks.footage import Footage
from postprod.checks.headers import header_checks
from postprod.checks.likeness import Samples, likeness, likeness_checks
from postprod.checks.look import look
from postprod.checks.picture import plain_frames
from postprod.checks.report import POST_PRODUCTION, Check, Report
from postprod.checks.runs import Seconds
from postprod.checks.sound import sound_checks
from postprod.checks.sync import lateness, sync_check
from postprod.ffmpeg import UNWATCHED, Watch
from postprod.probe import probe, probe_picture
from postprod.sound.voices import Voice, place_voices
from postprod.sound.words import speech_span, word_times
from ugcgen.domain.edit import Edit
from ugcgen.domain.sound import SoundKind
from ugcgen.pipeline.timeline import Timeline, lay_out

Media = Mapping[str, Path]


def check_film(
    film: Path, edit: Edit, media: Media, samples: Mapping[str, Samples], *, watch: Watch = UNWATCHED
) -> Report:
    """Check `film` against the `edit` it was made from.

    `media` holds the local files of its clips and voices, and `samples` frames of its clips (see `sample_frames`), by
    their names in the edit. Raises MediaError if the film is no media at all, or one of its sources cannot be read; a
    film that is only bad is a report with the verdict `fail`.
    """
    found = probe(film)
    seen = look(film, found, watch=watch)
    timeline = lay_out(edit)
    spans = {cut.voice: speech_span(media[cut.voice]) for cut in edit.scenes if cut.voice}
    words = {cut.voice: word_times(media[cut.voice], cut.text) for cut in edit.scenes if cut.voice}
    voices = place_voices(edit, timeline, spans, words)
    checks = header_checks(film, found, edit)
    if found.picture:
        plain = plain_frames(edit, timeline, len(seen.pictures))
        aspects = {cut.clip: probe_picture(media[cut.clip]).pixel_aspect for cut in edit.scenes}
        lines = _captions(edit, timeline, voices, media)
        checks += [
            damage_check(film, seen, edit.fps),
            *picture_checks(seen.pictures, Footage(edit, timeline, media, watch), lines),
            *likeness_checks(likeness(seen.pictures, edit, timeline, plain, samples, aspects), edit.fps),
            caption_check(lines, edit),
        ]
    if found.sound:
        checks += sound_checks(seen, edit.sound, _spoken(edit, timeline, voices))
        checks.append(sync_check(lateness(seen.samples, voices, media, edit.fps), edit.fps))
    return Report(checks=tuple(_mended(check) for check in checks))


def _mended(check: Check) -> Check:
    """What is not known to be another step's fault is the rendering's."""
    return check if check.ok or check.mends else check.model_copy(update={"mends": (POST_PRODUCTION,)})


def _captions(edit: Edit, timeline: Timeline, voices: Sequence[Voice], media: Media) -> list[Line]:
    if not edit.captions.shown or edit.lines is not None:
        return film_captions(edit, timeline, voices, {})
    words = {n: word_times(media[cut.voice or cut.clip], cut.text) for n, cut in enumerate(edit.scenes) if cut.text}
    return film_captions(edit, timeline, voices, words)


def _spoken(edit: Edit, timeline: Timeline, voices: Sequence[Voice]) -> list[Seconds]:
    """When somebody should be heard: voices where they were placed, and scenes in which the clip itself speaks."""
    placed = [(voice.start / edit.fps, voice.start / edit.fps + voice.seconds) for voice in voices]
    own = [
        (start / edit.fps, (start + cut.frames) / edit.fps)
        for cut, start in zip(edit.scenes, timeline.scene_starts, strict=True)
        if cut.text and not cut.voice and cut.clip_volume
    ]
    laid_over = [
        (clip.start, clip.start + clip.seconds)
        for clip in edit.sound.clips
        if clip.kind is SoundKind.VOICEOVER and clip.seconds and clip.volume
    ]
    return [*placed, *own, *laid_over]
