"""What is done with a finished film: it is measured in every shape, and what is handed over is signed."""

from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from pytest import MonkeyPatch, fixture, raises

from postprod.provenance.credentials import read_credentials
from postprod.provenance.manifest import DIGITAL_SOURCE_TYPE
from postprod.units.measure import measure
from postprod.units.sign import sign
from tests.integration.postprod.conftest import Make, Ramp
from tests.integration.postprod.shoot import Shoot, fetched, put, task_of, unit_of
from ugcgen.cloud import storage
from ugcgen.cloud.settings import settings
from ugcgen.domain.enums import PipelineStep, UnitState
from ugcgen.domain.errors import ConfigurationError
from ugcgen.domain.unit import UnitKey
from ugcgen.engine.handle import Task
from ugcgen.pipeline.transitions import Next

CHECKED, COMPLETE = UnitKey(step=PipelineStep.QUALITY_CHECK), UnitKey(step=PipelineStep.COMPLETE)


@fixture
def shoot(cloud: None, user: str, tmp_path: Path, ramp: Ramp) -> Shoot:
    """A shoot with its storyboard and a photo of the product."""
    work = Shoot(user, tmp_path, ramp)
    picture = tmp_path / "still.png"
    for scene in work.job.outline:
        Image.new("RGB", (90, 160), (40 * scene.scene_number, 0, 0)).save(picture)
        key = UnitKey(step=PipelineStep.STORYBOARD, scene=scene.scene_number)
        unit_of(work.job, key, UnitState.DONE, result={"image": put(user, picture, "image/png")})
    Image.new("RGB", (64, 64), "green").save(tmp_path / "photo.jpg")
    photo = storage.pinned_name(user, "cd" * 32, "jpg")
    storage.put_file_once(photo, tmp_path / "photo.jpg", "image/jpeg")
    work.job = work.job.model_copy(update={"product_images": [photo]})
    return work


def cut(shoot: Shoot, segment: str, **result: Any) -> None:
    """This as the result of a unit of post-production."""
    key = UnitKey(step=PipelineStep.POST_PRODUCTION, segment=segment)
    unit_of(shoot.job, key, UnitState.DONE, result=result)


def task(shoot: Shoot, key: UnitKey) -> Task:
    return task_of(shoot.job, key)


def test_a_bad_film_is_reported_with_a_picture_of_its_worst_moment(
    shoot: Shoot, make: Make, user: str, tmp_path: Path
) -> None:
    seconds = 197 / 24
    bad = make(
        "unit-bad.mp4",
        picture=f"testsrc2=s=360x640:r=24:d={seconds},drawbox=color=black:t=fill:enable='between(t,1,2)'",
        sound=f"sine=d={seconds}",
    )
    edit = shoot.rendered()["film"]["edit"]
    film = put(user, bad, "video/mp4")["name"]
    cut(shoot, "film", film=film, edit=edit)
    outcome = measure(task(shoot, CHECKED))
    assert isinstance(outcome, Next)
    assert outcome.memo["checks"]["verdict"] == "fail"
    checks = {check["name"]: check for check in outcome.memo["checks"]["films"][film]["checks"]}
    black = checks["black"]
    assert not black["ok"]
    assert black["mends"] == [{"step": "post_production", "scene": None}]
    assert black["stretches"][0]["timecode"] == "0:01.000-0:02.042"
    with Image.open(fetched(black["picture"], tmp_path)) as picture:
        assert (picture.format, max(picture.size)) == ("JPEG", 512)
        assert np.asarray(picture.convert("L")).max() < 30, "the picture is of the black part"
    assert measure(task(shoot, CHECKED)) == outcome, "another worker comes to the same"


def test_what_is_handed_over_is_signed_and_says_what_it_is_made_of(
    shoot: Shoot, make: Make, user: str, tmp_path: Path
) -> None:
    Image.new("RGB", (90, 160), "red").save(tmp_path / "poster.jpg")
    (tmp_path / "peaks.json").write_text("[]")
    webm = make("unit.webm", picture="testsrc2=s=64x64:r=24:d=0.5", **{"c:v": "libvpx-vp9", "preset": "0"})
    kinds = {"poster.jpg": "image/jpeg", "peaks.json": "application/json", "small.webm": "video/webm"}
    files = {
        name: put(user, webm if name.endswith("webm") else tmp_path / name, kind)["name"]
        for name, kind in kinds.items()
    }
    plain = shoot.rendered()["film"]["film"]
    cut(shoot, "files", files={**files, "film.mp4": plain})
    outcome = sign(task(shoot, COMPLETE))
    assert isinstance(outcome, Next)
    assert outcome.phase == "deliver"
    signed = outcome.memo
    assert signed["films"] == {"9:16": signed["film"]}
    assert signed["film"] != plain
    assert signed["files"]["film.mp4"] == signed["film"], "the same file is signed once"
    assert signed["files"]["peaks.json"] == files["peaks.json"], "data carries no credentials"
    assert signed["files"]["small.webm"] != files["small.webm"], "what cannot be signed is marked"
    anchors = settings().c2pa_trust_anchors
    for name in (signed["film"], signed["files"]["poster.jpg"]):
        found = read_credentials(fetched(name, tmp_path), anchors)
        assert (found.state, found.digital_source_type) == ("Trusted", DIGITAL_SOURCE_TYPE)
        assert found.title == "Lumi Glow"
    assert set(found.ingredients) == {
        *(f"{what} of scene {n}" for what in ("clip", "storyboard") for n in (1, 2, 3)),
        "photo 1 of the product",
    }
    assert found.ingredients["photo 1 of the product"] == "cd" * 32
    assert sign(task(shoot, COMPLETE)) == outcome, "what was signed is not signed again"


def test_without_a_certificate_the_job_says_what_to_set(shoot: Shoot, monkeypatch: MonkeyPatch) -> None:
    shoot.rendered()
    monkeypatch.delenv("C2PA_CERTIFICATE")
    settings.cache_clear()
    with raises(ConfigurationError, match="set C2PA_CERTIFICATE"):
        sign(task(shoot, COMPLETE))
