"""The first two scenes of ``examples/`` at full size, cut short; the others differ in how they are filmed alone."""

import re
import subprocess
from pathlib import Path

import pytest

from postprod.ffmpeg import executable
from tests.e2e.backstage import Backstage
from tests.e2e.briefs import CROSSFADE_FRAMES, FPS, example
from tests.e2e.films import decode
from tests.e2e.person import Person
from ugcgen.domain.enums import JobStatus

SECONDS = 4 + 4
CROSSFADES = 1

pytestmark = [pytest.mark.full, pytest.mark.timeout(600)]


def test_the_example_at_full_size(stage: Backstage, person: Person, tmp_path: Path) -> None:
    brief, product, avatar = example()
    scenes = [scene | {"seconds": 4} for scene in brief["scenes"][:2]]
    job_id = person.start(brief | {"scenes": scenes}, product, avatar)
    job = stage.rest(job_id, 540)
    assert job.status is JobStatus.COMPLETED, job.error_message
    data = person.film(job_id)
    film = decode(data)
    assert (film.width, film.height) == (1080, 1920)
    assert (film.codec, film.sound_codec) == ("h264", "aac")
    frames = SECONDS * FPS - CROSSFADES * CROSSFADE_FRAMES
    assert film.times == pytest.approx([number / FPS for number in range(frames)], abs=1e-3)
    assert film.sound_seconds == pytest.approx(frames / FPS, abs=0.07)

    file = tmp_path / "film.mp4"
    file.write_bytes(data)
    assert integrated_loudness(file) == pytest.approx(-14, abs=1)

    report = person.report(job_id)
    assert 0 < report["cost_usd"] <= report["quoted_usd"]
    assert report["checks"]["verdict"] != "fail"
    assert report["consistency"]["clips"].keys() == {"1", "2"}
    assert not report["consistency"]["flagged"]


def integrated_loudness(film: Path) -> float:
    """LUFS by EBU R128, as FFmpeg's own meter sums it up at the end."""
    command = [executable(), "-hide_banner", "-nostats", "-i", str(film), "-filter:a", "ebur128", "-f", "null", "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return float(re.findall(r"\bI:\s*(\S+) LUFS", said)[-1])
