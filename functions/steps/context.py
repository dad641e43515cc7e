"""What a step's work is given: the claimed unit, its job, the models that were quoted, and an account to pay with."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from agents.scene_prompt import Reference
from ugcgen.cloud import storage
from ugcgen.domain.brief import PlannedScene
from ugcgen.domain.consistency import Expected
from ugcgen.domain.enums import PipelineStep
from ugcgen.domain.errors import InvalidInput, OverBudget
from ugcgen.domain.job import Job
from ugcgen.domain.unit import Unit, UnitKey
from ugcgen.engine import allotment
from ugcgen.engine.handle import Task
from ugcgen.ledger.account import Account
from ugcgen.ledger.record import Holder
from ugcgen.models.catalog import Model, Role, catalog
from ugcgen.models.media import Picture
from ugcgen.models.quote import JUDGED_PERSONS, JUDGED_PRODUCTS


class StepContext:
    """The unit and everything around it that its work may read."""

    def __init__(self, task: Task) -> None:
        self.unit: Unit = task.unit
        self.job: Job = task.job
        self.results = task.results
        holder = Holder(user_id=task.unit.user_id, job_id=task.unit.job_id, unit_id=task.unit.id, fence=task.unit.fence)
        self.account = Account(holder, allotted=task.unit.allotted, paid=dict(task.unit.paid))

    @property
    def scene_number(self) -> int:
        if self.unit.scene is None:
            raise InvalidInput(f"{self.unit.id} belongs to no scene; the pipeline plan made it wrongly")
        return self.unit.scene

    @cached_property
    def planned(self) -> PlannedScene:
        return self.job.outline[self.scene_number - 1]

    def model(self, role: Role) -> Model:
        """The model that the job was quoted for."""
        return catalog().models[self.job.quote.models[role]]

    def models(self, role: Role) -> list[Model]:
        """That model first, then those that may take its place."""
        return [self.model(role), *(catalog().models[name] for name in self.job.quote.fallbacks.get(role, []))]

    def result(self, step: PipelineStep, scene: int | None = None) -> dict[str, Any]:
        """What this unit reads of another one's result."""
        return self.results[UnitKey(step=step, scene=scene).id]

    def afford(self, over: OverBudget) -> bool:
        """Draw what a retake needs from the job; False where its cap does not allow it."""
        larger = allotment.draw(self.unit, over.needed)
        if larger is None:
            return False
        self.unit = larger
        self.account.allotted = larger.allotted
        return True

    def product_pictures(self) -> list[Picture]:
        names = self.job.product_images
        return [_picture(name, f"the product, photo {n}") for n, name in enumerate(names, start=1)]

    def avatar_pictures(self) -> list[Picture]:
        names = self.job.avatar_ref_images
        return [_picture(name, f"the person, photo {n}") for n, name in enumerate(names, start=1)]

    def expected(self, prompts: Mapping[str, Any]) -> Expected:
        """What is to be seen in a scene with these prompts."""
        return Expected.of(prompts, has_person=bool(self.job.avatar_ref_images))

    def references(self, prompts: Mapping[str, Any], kind: str | None = None) -> list[Reference]:
        """The photos that go with a scene's prompts, most important first."""
        known = [Reference.model_validate(one) for one in prompts["references"]]
        return [one for one in known if kind in {None, one.kind}]

    def judged_against(self, prompts: Mapping[str, Any]) -> list[Picture]:
        """The photos that the judge compares a scene's frames with."""
        persons = self.references(prompts, "person")[:JUDGED_PERSONS]
        products = self.references(prompts, "product")[:JUDGED_PRODUCTS]
        shown = products if self.expected(prompts).shows_product else []
        return [self.pictured(one) for one in (*persons, *shown)]

    def pictured(self, reference: Reference) -> Picture:
        return _picture(reference.image, reference.label)


def _picture(name: str, label: str) -> Picture:
    """A pinned upload: its name is the sha256 of its bytes."""
    return Picture(name=name, sha256=storage.content_of(name), label=label)
