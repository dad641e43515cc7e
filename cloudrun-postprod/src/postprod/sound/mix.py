"""The film's sound, rendered once for the whole: voices, under them the clips' own sound following the picture, and
under all of it the music.

Everything is placed by samples (`Edit.samples_per_frame` to a frame), and silence as long as the film is the first
input of every mix, so that the length is the film's to the sample. The mix is measured while it is written, then
brought to the wanted loudness.
"""

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import ffmpeg
from ffmpeg import AudioStream
from ffmpeg.dag.nodes import GlobalStream, OutputStream
from ffmpeg.filters import amix
from ffmpeg.sources import anullsrc

from postprod.ffmpeg import UNWATCHED, Watch, run, whole_file
from postprod.probe import probe
from postprod.sound.music import write_bed
from postprod.sound.voices import Voice
from ugcgen.domain.edit import Edit, SceneCut
from ugcgen.domain.enums import Music
from ugcgen.domain.errors import MediaError
from ugcgen.domain.sound import AUDIO_RATE, SoundPlan
from ugcgen.pipeline.timeline import Timeline

_SOFT_EDGE = AUDIO_RATE // 200
"""Samples of fade (5 ms) where sound starts or stops at once, so that it does not click."""

_MUSIC_IN, _MUSIC_OUT = AUDIO_RATE // 2, 2 * AUDIO_RATE
"""Samples over which music fades in and out with the film."""

_CODEC_HEADROOM = 0.5
"""dB by which lossy coding may raise a peak, kept free below the wanted true peak."""

_WIDEST_RANGE = 20.0
"""LU of loudness range left as it is; loudnorm would narrow a wider one."""

_SILENCE_LUFS = -60.0


@dataclass(frozen=True)
class Loudness:
    """What loudnorm measured of the mix, as its second pass wants it back."""

    integrated: float
    true_peak: float
    spread: float
    threshold: float
    offset: float


def render_sound(
    edit: Edit,
    timeline: Timeline,
    voices: Sequence[Voice],
    media: Mapping[str, Path],
    out: Path,
    *,
    watch: Watch = UNWATCHED,
) -> Loudness:
    """Render the sound of `edit` to `out`: AAC in MP4, 48 kHz stereo, as long as the film. Gives the mix's loudness.

    `media` holds the local files of clips and voices by their names in the edit. A film without any sound is silence.
    """
    length = edit.frames * edit.samples_per_frame
    with tempfile.TemporaryDirectory() as folder:
        mixed = Path(folder) / "mix.wav"
        mix = _mix(edit, timeline, voices, media, length)
        if edit.sound.music is not Music.NONE:
            bed = Path(folder) / "music.wav"
            write_bed(edit.sound.music, length, bed)
            mix = _over_music(mix, bed, edit.sound, length)
        loudness = _read_loudness(run(_measured(mix, edit.sound, mixed), "mix the sound", watch))
        with whole_file(out) as part:
            finished = _encoded(_normalized(mixed, edit.sound, loudness), length, part)
            run(finished, "bring the sound to its loudness", watch)
            _require_length(part, length)
    return loudness


def _mix(
    edit: Edit, timeline: Timeline, voices: Sequence[Voice], media: Mapping[str, Path], length: int
) -> AudioStream:
    spoken = [_voice(voice, edit, media[voice.source]) for voice in voices]
    own = [
        _own_sound(scene, around, start * edit.samples_per_frame, edit.samples_per_frame, media[scene.clip])
        for scene, around, start in zip(edit.scenes, edit.overlaps(), timeline.scene_starts, strict=True)
        if scene.clip_volume and probe(media[scene.clip]).sound
    ]
    voice_bus, own_bus = _over_silence(spoken, length), _over_silence(own, length)
    if spoken and own and edit.sound.duck_ratio > 1:
        own_bus = own_bus.sidechaincompress(
            voice_bus, threshold=0.02, ratio=edit.sound.duck_ratio, attack=20, release=350
        )
    return _over_silence([voice_bus, own_bus], length)


def _over_music(mix: AudioStream, bed: Path, plan: SoundPlan, length: int) -> AudioStream:
    """The bed under all that speaks and sounds, pressed down while it does, and faded in and out with the film."""
    music = _faded(_stereo(ffmpeg.input(bed).audio), length, _MUSIC_IN, min(_MUSIC_OUT, length // 2))
    music = music.volume(volume=str(plan.music_volume))
    if plan.duck_ratio > 1:
        music = music.sidechaincompress(mix, threshold=0.02, ratio=plan.duck_ratio, attack=20, release=600)
    return _over_silence([mix, music], length)


def _over_silence(sounds: Sequence[AudioStream], length: int) -> AudioStream:
    silence = anullsrc(sample_rate=str(AUDIO_RATE), channel_layout="stereo").atrim(end_sample=length)
    return amix(silence, *sounds, duration="first", normalize=False) if sounds else silence


def _voice(voice: Voice, edit: Edit, recording: Path) -> AudioStream:
    sound = _stereo(ffmpeg.input(recording.absolute(), ss=f"{voice.skip:.6f}", vn=True).audio)
    if voice.tempo > 1:
        sound = sound.atempo(tempo=round(voice.tempo, 6))
    samples = round(voice.seconds * AUDIO_RATE)
    sound = _faded(sound.atrim(end_sample=samples), samples, _SOFT_EDGE, _SOFT_EDGE * (20 if voice.lost else 1))
    delay = voice.start * edit.samples_per_frame
    return sound.adelay(delays=f"{delay}S", all=True)


def _own_sound(scene: SceneCut, around: tuple[int, int], start: int, per_frame: int, clip: Path) -> AudioStream:
    """A clip's own sound, fading with the picture: in over the frames shared with the scene before, out likewise."""
    samples = scene.frames * per_frame
    sound = _stereo(ffmpeg.input(clip.absolute(), ss=f"{scene.trim_start:.6f}", vn=True).audio)
    fade_in, fade_out = (max(frames * per_frame, _SOFT_EDGE) for frames in around)
    sound = _faded(sound.apad(whole_len=samples).atrim(end_sample=samples), samples, fade_in, fade_out)
    return sound.volume(volume=str(scene.clip_volume)).adelay(delays=f"{start}S", all=True)


def _stereo(sound: AudioStream) -> AudioStream:
    return sound.aresample(sample_rate=str(AUDIO_RATE)).aformat(sample_fmts="fltp", channel_layouts="stereo")


def _faded(sound: AudioStream, samples: int, fade_in: int, fade_out: int) -> AudioStream:
    """Equal-power fades, which keep two unlike sounds at one loudness where they cross."""
    last = max(0, samples - fade_out)
    return sound.afade(type="in", start_sample=0, nb_samples=fade_in, curve="qsin").afade(
        type="out", start_sample=last, nb_samples=fade_out, curve="qsin"
    )


def _measured(mix: AudioStream, plan: SoundPlan, out: Path) -> GlobalStream:
    """Write the mix as float samples and measure it on the way."""
    return ffmpeg.merge_outputs(
        mix.output(filename=out, acodec="pcm_f32le"), _loudnorm(mix, plan, {}).output(filename="-", f="null")
    )


def _loudnorm(sound: AudioStream, plan: SoundPlan, measured: dict[str, float]) -> AudioStream:
    return sound.loudnorm(
        I=plan.loudness_lufs,
        TP=plan.true_peak_dbtp - _CODEC_HEADROOM,
        LRA=_WIDEST_RANGE,
        print_format="json",
        extra_options=measured,
    )


def _read_loudness(log: str) -> Loudness:
    """The JSON object that loudnorm leaves at the end of FFmpeg's log."""
    start, end = log.rfind("{"), log.rfind("}")
    if start < 0 or end < start:
        raise MediaError("ffmpeg measured no loudness while mixing the sound")
    found = json.loads(log[start : end + 1])
    return Loudness(
        integrated=float(found["input_i"]),
        true_peak=float(found["input_tp"]),
        spread=float(found["input_lra"]),
        threshold=float(found["input_thresh"]),
        offset=float(found["target_offset"]),
    )


def _normalized(mixed: Path, plan: SoundPlan, loudness: Loudness) -> AudioStream:
    sound = ffmpeg.input(mixed).audio
    if loudness.integrated < _SILENCE_LUFS:
        return sound
    measured = {
        "measured_I": loudness.integrated,
        "measured_TP": loudness.true_peak,
        "measured_LRA": loudness.spread,
        "measured_thresh": loudness.threshold,
        "offset": loudness.offset,
    }
    # loudnorm leaves a hole in the times before its last samples; counting them anew closes it.
    return _loudnorm(sound, plan, measured).aresample(sample_rate=str(AUDIO_RATE)).asetpts(expr="N/SR/TB")


def _encoded(sound: AudioStream, length: int, out: Path) -> OutputStream:
    return (
        sound.apad(whole_len=length)
        .atrim(end_sample=length)
        .output(
            filename=out,
            f="mp4",
            acodec="aac",
            ar=AUDIO_RATE,
            ac=2,
            bitexact=True,
            map_metadata="-1",
            extra_options={"b:a": "192k"},
        )
    )


def _require_length(out: Path, length: int) -> None:
    sound = probe(out).sound
    found = round(sound.seconds * AUDIO_RATE) if sound else 0
    if found != length:
        raise MediaError(f"the sound came out with {found} samples instead of {length}")
