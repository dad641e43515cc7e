"""The facts of photos and the person's reference sheet: for a job before anything is paid, and for whoever asks."""

from collections.abc import Iterable

from postprod.likeness.pixels import Pixels, pixels_of
from postprod.photos.person import person_facts
from postprod.photos.product import product_facts
from postprod.photos.sheet import reference_sheet
from postprod.workbench import Workbench
from ugcgen.cloud import storage
from ugcgen.domain.references import Inspected, InspectPhotos, PhotoFacts, best_of_each_angle
from ugcgen.engine.handle import Task
from ugcgen.pipeline.transitions import Next, Outcome


def inspect(task: Task) -> Outcome:
    """The inspect phase of script_generation."""
    photos = InspectPhotos(
        user_id=task.unit.user_id, people=task.job.avatar_ref_images, products=task.job.product_images
    )
    return Next("write", memo=inspected(photos).model_dump(mode="json"))


def inspected(asked: InspectPhotos) -> Inspected:
    """What the photos show. Raises NotFound for one that is not stored, MediaError for one that cannot be read."""
    with Workbench(asked.user_id) as bench:
        photos = {name: pixels_of(bench.fetch(name)) for name in {*asked.people, *asked.products}}
        facts = [person_facts(name, storage.content_of(name), photos[name]) for name in asked.people]
        goods = [product_facts(name, storage.content_of(name), photos[name]) for name in asked.products]
        return Inspected(photos=facts, product_photos=goods, reference_sheet=_sheet(bench, facts, photos))


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
