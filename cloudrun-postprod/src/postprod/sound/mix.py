"""The film's sound, rendered once for the whole: who speaks, under that the clips' own sound following the picture, the
effects, and under all of it the music.

Everything is placed to the sample (`Edit.samples_per_frame` to a frame) in one array as long as the film. Voices that
lead come first, because what they say and when decides how far all others give way.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from postprod.ffmpeg import UNWATCHED, Watch
from postprod.probe import probe
from postprod.sound.ducking import Ducking, ducking, speech_in
from postprod.sound.loudness import Measured
from postprod.sound.master import write_master
from postprod.sound.samples import Samples, silence
from postprod.sound.tracks import Media, Sound, own_sound, placed, scene_voice
from postprod.sound.voices import Voice
from postprod.sound.words import Stretch
from ugcgen.domain.edit import Edit
from ugcgen.domain.enums import Music
from ugcgen.domain.sound import AUDIO_RATE, LIBRARY, SoundClip, SoundKind, SoundPlan
from ugcgen.pipeline.timeline import Timeline

_MUSIC_IN, _MUSIC_OUT = 0.5, 2.0
"""Seconds over which the film's bed of music fades in and out with it."""


def render_sound(
    edit: Edit,
    timeline: Timeline,
    voices: Sequence[Voice],
    media: Media,
    out: Path,
    *,
    watch: Watch = UNWATCHED,
) -> Measured:
    """Render the sound of `edit` to `out`: AAC in MP4, 48 kHz stereo, as long as the film. Gives the file's loudness.

    `media` holds the local files of clips, voices and sounds by their names in the edit. A film without any sound is
    silence. Raises MediaError that names the recording where one cannot be used.
    """
    return write_master(mix(edit, timeline, voices, media), edit.sound, out, watch)


def mix(edit: Edit, timeline: Timeline, voices: Sequence[Voice], media: Media) -> Samples:
    """All that is heard, before it is brought to its loudness: as many samples as the film has.

    A voiceover of the tracks takes the place of a scene's voice that it would speak into, and leads over a clip that
    speaks itself.
    """
    film, plan = edit.frames * edit.samples_per_frame, edit.sound
    mixed = silence(film)

    in_voiceover: list[Stretch] = []
    taken: list[tuple[int, int]] = []
    for sound in _on(plan, SoundKind.VOICEOVER, film, media):
        in_voiceover += speech_in(sound.samples, sound.start)
        taken.append((sound.start, sound.end))
        _add(mixed, sound)

    in_voices: list[Stretch] = []
    for voice in voices:
        sound = scene_voice(voice, edit, media)
        if not any(start < sound.end and sound.start < end for start, end in taken):
            in_voices += speech_in(sound.samples, sound.start)
            _add(mixed, sound)

    sounding = _sounding(edit, media)
    speaking = [index for index in sounding if edit.scenes[index].text and edit.scenes[index].voice is None]
    under_voiceover = ducking(in_voiceover, film, plan.duck_db)
    in_clips: list[Stretch] = []
    for index in speaking:
        sound = own_sound(edit, index, timeline.scene_starts[index], media, speaks=True)
        in_clips += speech_in(sound.samples, sound.start)
        _add(mixed, sound, under_voiceover)

    under_clips = ducking(in_clips, film, plan.duck_db)
    under_all = ducking([*in_voiceover, *in_voices, *in_clips], film, plan.duck_db)
    for index in sounding:
        if index not in speaking:
            _add(mixed, own_sound(edit, index, timeline.scene_starts[index], media, speaks=False), under_all)
    for sound in _on(plan, SoundKind.EFFECT, film, media):
        _add(mixed, sound, under_clips)
    for sound in _on(plan, SoundKind.MUSIC, film, media):
        _add(mixed, sound, under_all)
    return mixed


def _sounding(edit: Edit, media: Media) -> list[int]:
    """The scenes whose clips are heard themselves."""
    return [n for n, scene in enumerate(edit.scenes) if scene.clip_volume and probe(media[scene.clip]).sound]


def _on(plan: SoundPlan, track: SoundKind, film: int, media: Media) -> Iterator[Sound]:
    """The sounds of one track, read one at a time."""
    for clip in [*plan.clips, *_bed(plan, film / AUDIO_RATE)]:
        if clip.kind is track and (sound := placed(clip, film, media)):
            yield sound


def _bed(plan: SoundPlan, seconds: float) -> Iterator[SoundClip]:
    """The bed of music that lies under the whole film."""
    if plan.music is not Music.NONE:
        yield SoundClip(
            kind=SoundKind.MUSIC,
            source=LIBRARY + plan.music,
            volume=plan.music_volume,
            fade_in=_MUSIC_IN,
            fade_out=min(_MUSIC_OUT, seconds / 2),
        )


def _add(mixed: Samples, sound: Sound, ducked: Ducking | None = None) -> None:
    if ducked:
        ducked.press(sound.samples, sound.start)
    mixed[sound.start : sound.end] += sound.samples
