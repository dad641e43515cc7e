"""The inspect phase of script_generation: the facts of every photo, and the person's reference sheet, before anything
is paid."""

from collections.abc import Iterable

from postprod.likeness.pixels import Pixels, pixels_of
from postprod.photos.person import person_facts
from postprod.photos.product import product_facts
from postprod.photos.sheet import reference_sheet
from postprod.workbench import Workbench
from ugcgen.cloud import storage
from ugcgen.domain.references import PhotoFacts, best_of_each_angle
from ugcgen.engine.handle import Task
from ugcgen.pipeline.transitions import Next, Outcome


def inspect(task: Task) -> Outcome:
    """The photos' facts in the order of the job, and the object of the sheet, None where no angle could be measured."""
    people, products = task.job.avatar_ref_images, task.job.product_images
    with Workbench(task.unit.user_id) as bench:
        photos = {name: pixels_of(bench.fetch(name)) for name in {*people, *products}}
        facts = [person_facts(name, storage.content_of(name), photos[name]) for name in people]
        goods = [product_facts(name, storage.content_of(name), photos[name]) for name in products]
        sheet = _sheet(bench, facts, photos)
    return Next(
        "write",
        memo={
            "photos": [photo.model_dump(mode="json") for photo in facts],
            "product_photos": [photo.model_dump(mode="json") for photo in goods],
            "reference_sheet": sheet,
        },
    )


def _sheet(bench: Workbench, facts: Iterable[PhotoFacts], photos: dict[str, Pixels]) -> str | None:
    best = best_of_each_angle(facts)
    if not best:
        return None
    angles = {"angles": list(best)}
    name = bench.name_for("reference sheet", angles, [photo.sha256 for photo in best.values()], "jpg")
    if storage.facts(name) is None:
        drawn = reference_sheet({angle: photos[photo.image] for angle, photo in best.items()})
        storage.put_once(name, drawn, "image/jpeg")
    return name
