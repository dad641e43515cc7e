"""From photos to DNA: inspected in post-production, studied by the agents, with the real studio as their eyes."""

import hashlib
import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from infra.local.parts import REPO
from postprod.units.inspect import inspect
from steps.context import StepContext
from steps.studying import Studied, study
from steps.work import work
from tests.integration.postprod.shoot import job_of, task_of
from tests.integration.studio.running import Running
from ugcgen.cloud import storage
from ugcgen.domain.brief import SceneWish
from ugcgen.domain.enums import PipelineStep, ReferenceAngle, UnitState
from ugcgen.domain.job import Job
from ugcgen.domain.references import PhotoFault
from ugcgen.domain.unit import UnitKey
from ugcgen.engine.handle import Task
from ugcgen.pipeline.transitions import Fail, Next

EXAMPLES = REPO / "examples" / "photos"
SCRIPT = UnitKey(step=PipelineStep.SCRIPT_GENERATION)
FRONT, LEFT, RIGHT, BACK = (ReferenceAngle(name) for name in ("front", "left_profile", "right_profile", "back"))


def example(name: str) -> Image.Image:
    return Image.open(EXAMPLES / f"{name}.jpg")


def pinned(user: str, photo: Image.Image) -> str:
    out = io.BytesIO()
    photo.save(out, "JPEG", quality=90)
    name = storage.pinned_name(user, hashlib.sha256(out.getvalue()).hexdigest(), "jpg")
    storage.put_once(name, out.getvalue(), "image/jpeg")
    return name


def side_by_side(one: Image.Image, other: Image.Image) -> Image.Image:
    return Image.fromarray(np.concatenate([np.asarray(one), np.asarray(other)], axis=1))


def from_behind() -> Image.Image:
    """The front photo with hair where the face is."""
    photo = example("avatar-front")
    photo.paste((74, 46, 36), (240, 240, 530, 620))
    return photo


def job_with(user: str, people: list[str], products: list[str]) -> Job:
    job = job_of(user, SceneWish(seconds=4))
    return job.model_copy(update={"avatar_ref_images": people, "product_images": products})


def claimed(job: Job) -> Task:
    """The unit as it is claimed for its write phase, with what inspecting left."""
    inspected = inspect(task_of(job, SCRIPT))
    assert isinstance(inspected, Next)
    assert inspected.phase == "write"
    held = {"state": UnitState.RUNNING, "phase": "write", "memo": inspected.memo}
    return task_of(job, SCRIPT, allotted=3_000_000, fence=1, **held)


def studied(job: Job) -> Studied:
    return study(StepContext(claimed(job)))


def asked(studio: Running) -> int:
    """How many questions were asked."""
    return len(studio.log()["calls"])


@pytest.fixture
def products(product: object, user: str) -> list[str]:
    return [pinned(user, example("product-front"))]


def test_three_good_photos_become_a_character_with_every_angle(
    user: str, products: list[str], studio: Running, tmp_path: Path
) -> None:
    people = [pinned(user, example(f"avatar-{side}")) for side in ("left", "front", "right")]
    job = job_with(user, people, products)
    claim = claimed(job)
    assert claimed(job).unit.memo == claim.unit.memo, "another worker comes to the same"
    found = study(StepContext(claim))
    who = found.character
    assert who is not None
    assert found.avatar is not None
    assert who.coverage.angles == {FRONT: people[1], LEFT: people[0], RIGHT: people[2]}
    assert who.coverage.is_complete
    assert not who.coverage.advice
    assert [(photo.image, photo.faults) for photo in who.photos] == [(name, []) for name in people]
    assert who.unique_identifier.startswith("creator_id_")
    assert who.detailed_dna.splitlines()[0] == who.unique_identifier
    assert found.avatar.hair.rstrip(".") in who.detailed_dna
    assert "brunette" in found.avatar.hair.lower()
    assert found.product.product_name == "Lumi Glow"
    assert asked(studio) == 2, "the product and the person: all angles were measured"
    sheet = tmp_path / "sheet.jpg"
    storage.get_file(str(who.reference_sheet), sheet)
    with Image.open(sheet) as drawn:
        assert drawn.format == "JPEG"
        assert drawn.width > 2.5 * 400
    assert sheet.stat().st_size < 1024 * 1024


def test_a_photo_from_behind_is_told_by_the_model_and_what_is_no_use_is_left_out(
    user: str, products: list[str], studio: Running
) -> None:
    couple = pinned(user, side_by_side(example("avatar-front"), example("avatar-right")))
    front, back = pinned(user, example("avatar-front")), pinned(user, from_behind())
    found = studied(job_with(user, [couple, front, back], products))
    assert found.character is not None
    cover = found.character.coverage
    assert cover.angles == {FRONT: front, BACK: back}
    assert cover.missing == [LEFT, RIGHT]
    assert cover.advice == [
        "Add a photo of the left profile.",
        "Add a photo of the right profile.",
        "Only 2 photos can be used; 3 to 10 keep a person the same in every scene.",
    ]
    photos = {photo.image: photo for photo in found.character.photos}
    assert photos[couple].faults == [PhotoFault.SEVERAL_PEOPLE]
    assert photos[couple].advice == "2 people are in it: take one of the person alone."
    assert asked(studio) == 3, "the product, one angle, the person"


def test_without_a_photo_of_the_person_alone_nothing_is_paid(user: str, products: list[str], studio: Running) -> None:
    couple = pinned(user, side_by_side(example("avatar-front"), example("avatar-right")))
    outcome = work(claimed(job_with(user, [couple, products[0]], products)))
    assert isinstance(outcome, Fail)
    assert outcome.error == (
        "no photo of the person can be used. "
        "Photo 1: 2 people are in it: take one of the person alone. "
        "Photo 2: No face is found in it: take it again with the whole head in the picture and light on it."
    )
    assert (outcome.paid, asked(studio)) == ({}, 0)


def test_a_job_without_photos_of_a_person_has_no_character(user: str, products: list[str], studio: Running) -> None:
    found = studied(job_with(user, [], products))
    assert (found.character, found.avatar) == (None, None)
    assert asked(studio) == 1, "the product"
