"""The sign phase of complete: every file that is handed over says what it is and how it was made, signed last of all,
since nothing may change in a file afterwards."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from postprod.provenance.certificate import Certificate
from postprod.provenance.credentials import media_type_of, sign_file, signable
from postprod.provenance.manifest import Ingredient, manifest_of
from postprod.provenance.marking import Marking, can_be_marked, mark_file
from postprod.workbench import Workbench
from ugcgen.cloud import storage
from ugcgen.cloud.settings import settings
from ugcgen.domain.content_key import fingerprint
from ugcgen.domain.edit import Edit
from ugcgen.domain.enums import PipelineStep
from ugcgen.domain.unit import UnitKey
from ugcgen.engine.handle import Task
from ugcgen.pipeline.cutting import framings
from ugcgen.pipeline.freshness import files_of, films_of
from ugcgen.pipeline.plan import footage_of
from ugcgen.pipeline.transitions import Next, Outcome


def sign(task: Task) -> Outcome:
    """The signed films by their shape, the brief's own also by itself, and the signed files by name.

    Raises ConfigurationError where there is no certificate to sign with.
    """
    certificate = Certificate.of(settings())
    with Workbench(task.unit.user_id) as bench:
        press = Press(task, bench, certificate, tuple(_ingredients(task)))
        films: dict[str, str] = {}
        files: dict[str, str] = {}
        shapes = framings(task.job.wanted)
        for ratio, film, made in zip(shapes, films_of(task.job), files_of(task.job), strict=True):
            edit = Edit.model_validate(task.results[film]["edit"])
            films[ratio] = press.handed_over(str(task.results[film]["film"]), edit)
            stored = task.results[made]["files"]
            files |= {name: press.handed_over(str(stored[name]), edit) for name in stored}
    return Next("deliver", memo={"film": films[shapes[0]], "films": films, "files": files})


@dataclass(frozen=True)
class Press:
    """Marks and signs the files of one job."""

    task: Task
    bench: Workbench
    certificate: Certificate
    ingredients: tuple[Ingredient, ...]
    done: dict[str, str] = field(default_factory=dict)

    def handed_over(self, name: str, edit: Edit) -> str:
        """The object that is handed over in place of this one: marked, and signed where its kind allows it.

        A signature holds its time, so it is never the same twice; what is stored first is what counts.
        """
        if name not in self.done:
            self.done[name] = self._made(name, edit)
        return self.done[name]

    def _made(self, name: str, edit: Edit) -> str:
        path = PurePosixPath(name)
        media_type = media_type_of(Path(path.name))
        if media_type not in signable() and not can_be_marked(Path(path.name)):
            return name
        job = self.task.job
        title = job.title or job.product_name
        marking = Marking.of(job.cut.metadata, title)
        manifest = manifest_of(marking.title, edit, self.ingredients, media_type, settings().app_version)
        facts = {"manifest": fingerprint(manifest), "marking": repr(marking), "certificate": self.certificate.id}
        sources = [name, *(ingredient.sha256 for ingredient in self.ingredients)]
        target = self.bench.name_for("handed over", facts, sources, path.suffix[1:])
        if storage.facts(target) is not None:
            return target
        file = self.bench.fetch(name)
        if can_be_marked(file):
            marked = self.bench.path / f"marked-{file.name}"
            mark_file(file, marked, marking)
            file = marked
        if media_type in signable():
            signed = self.bench.path / f"signed-{file.name}"
            fetched = [(ingredient, self.bench.fetch(ingredient.name)) for ingredient in self.ingredients]
            sign_file(file, signed, manifest, fetched, self.certificate)
            file = signed
        return storage.put_file_once(target, file, media_type).name


def _ingredients(task: Task) -> Iterator[Ingredient]:
    """What the film is made of, each once: its clips, the stills they started on, and the photos of the product."""
    seen = set()
    for ingredient in _mentioned(task):
        if ingredient.sha256 not in seen:
            seen.add(ingredient.sha256)
            yield ingredient


def _mentioned(task: Task) -> Iterator[Ingredient]:
    for scene in task.job.outline:
        number, clip = scene.scene_number, task.results[footage_of(scene)]
        yield Ingredient(f"clip of scene {number}", clip["clip"], clip["sha256"], "componentOf", clip.get("model"))
        still = task.results[UnitKey(step=PipelineStep.STORYBOARD, scene=number).id].get("image")
        if still:
            yield Ingredient(f"storyboard of scene {number}", still["name"], still["sha256"], "inputTo")
    for number, photo in enumerate(task.job.product_images, start=1):
        yield Ingredient(f"photo {number} of the product", photo, storage.content_of(photo), "inputTo")
