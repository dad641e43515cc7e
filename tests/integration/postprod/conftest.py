"""Small clips whose frames and sounds are known, so that what comes out can be compared with what went in."""

import uuid
import wave
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import av
import ffmpeg
import numpy as np
import pytest
from av.video.reformatter import Colorspace

from postprod.ffmpeg import run
from tests.integration.postprod.speech_truth import speak
from tests.integration.postprod.spoken_ad import LINES
from tests.integration.postprod.tones import HIGH, LOW, MIDDLE
from ugcgen.domain.sound import AUDIO_RATE

Ramp = Callable[..., Path]
Make = Callable[..., Path]
Wav = Callable[..., Path]


def luma(frame: int) -> int:
    """The brightness of frame `frame` of a ramp: each differs from its neighbours by two steps."""
    return 20 + 2 * frame


@pytest.fixture
def cloud(cloud_env: Mapping[str, str]) -> Iterator[None]:
    """This process as one of the service, on the emulators."""
    from tests.integration.postprod.shoot import service_process

    with service_process():
        yield


@pytest.fixture
def user() -> str:
    return f"user-{uuid.uuid4().hex[:12]}"


@pytest.fixture(scope="session")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("media")


@pytest.fixture(scope="session")
def ramp(media: Path) -> Ramp:
    """Make a clip of plain grey frames that grow brighter, so that a frame's brightness is its number."""

    def make(frames: int, *, fps: int = 24, width: int = 90, height: int = 160, first: int = 0) -> Path:
        path = media / f"ramp-{frames}-{fps}-{width}x{height}-{first}.mp4"
        with av.open(str(path), "w") as container:
            stream = container.add_stream("libx264", rate=fps, options={"crf": "1", "preset": "ultrafast"})
            stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
            stream.codec_context.colorspace = Colorspace.ITU709
            for number in range(first, first + frames):
                planes = np.full((height * 3 // 2, width), 128, np.uint8)
                planes[:height] = luma(number)
                container.mux(stream.encode(av.VideoFrame.from_ndarray(planes, format="yuv420p")))
            container.mux(stream.encode(None))
        return path

    return make


@pytest.fixture(scope="session")
def make(media: Path) -> Make:
    """Make a clip from lavfi sources: `picture` and `sound` descriptions, either of them optional."""

    def render(name: str, *, picture: str | None = None, sound: str | None = None, **options: object) -> Path:
        sources = [source for source in (picture, sound) if source]
        inputs = [ffmpeg.input(source, f="lavfi") for source in sources]
        streams = [i.video if source is picture else i.audio for i, source in zip(inputs, sources, strict=True)]
        extra = {"preset": "ultrafast", "pix_fmt": "yuv420p"} if picture else {}
        path = media / name
        run(ffmpeg.output(*streams, filename=path, extra_options={**extra, **options}), f"make {name}")
        return path

    return render


def brightness(film: Path) -> list[float]:
    """Mean luma of each frame."""
    with av.open(str(film)) as container:
        frames = list(container.decode(video=0))
    # The first rows of planar 4:2:0 are the luma plane.
    return [float(frame.to_ndarray(format="yuv420p")[: frame.height].mean()) for frame in frames]


def numbers(film: Path) -> list[int]:
    """Which frame of a ramp each frame shows."""
    return [round((value - 20) / 2) for value in brightness(film)]


def heard(film: Path) -> np.ndarray:
    """Left channel as float samples at 48 kHz."""
    with av.open(str(film)) as container:
        resampler = av.AudioResampler(format="fltp", layout="stereo", rate=48_000)
        frames = [part for frame in container.decode(audio=0) for part in resampler.resample(frame)]
    return np.concatenate([frame.to_ndarray()[0] for frame in frames])


@pytest.fixture
def wav(tmp_path: Path) -> Wav:
    """Write mono samples as a file."""

    def write(name: str, samples: np.ndarray, rate: int = AUDIO_RATE) -> Path:
        path = tmp_path / name
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(rate)
            file.writeframes((samples * 32767).astype("<i2").tobytes())
        return path

    return write


@pytest.fixture(scope="session")
def sounding(make: Make) -> dict[str, Path]:
    """Clips with a tone each, one with none, and one whose sound begins half a second late."""
    picture = "color=red:s=64x64:r=24:d=4"
    tones = {
        name: make(f"tone-{name}.mkv", picture=picture, sound=f"sine=f={hertz}:r=48000:d=4", acodec="pcm_s16le")
        for name, hertz in (("low", LOW), ("middle", MIDDLE), ("high", HIGH))
    }
    sound, after = f"sine=f={LOW}:r=48000:d=3", "asetpts=PTS+0.5/TB"
    late = make("late.mkv", picture=picture, sound=sound, af=after, acodec="pcm_s16le")
    return tones | {"mute": make("no-tone.mp4", picture=picture), "late": late}


@pytest.fixture(scope="session")
def ad_files(media: Path, make: Make) -> Mapping[str, Path]:
    """Two clips that differ and move everywhere, and a voice for each."""
    for n, text in enumerate(LINES):
        speak(text, media / f"said-{n}.wav")
    mandelbrot = "mandelbrot=s=180x320:r=24:start_scale=1,trim=duration=5"
    return {
        "a": make("ad-a.mp4", picture=mandelbrot, sound="sine=f=440:r=44100:d=5"),
        "b": make("ad-b.mp4", picture="testsrc2=s=180x320:r=30:d=5,vflip,rotate=a=t/3:c=gray"),
        "v0": media / "said-0.wav",
        "v1": media / "said-1.wav",
    }
