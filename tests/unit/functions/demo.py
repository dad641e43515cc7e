"""The demo job as far as its thinking goes: its brief, what its photos show, and every prompt that follows.

The studio writes in this process, so nothing is started, stored or paid.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from unittest.mock import patch

import yaml

from agents import copilot, production_bible, script
from infra.local.parts import REPO
from infra.local.studio.prompt import Prompt, Turn
from infra.local.studio.writer import write
from ugcgen.domain.bible import ProductionBible
from ugcgen.domain.brief import Brief, PlannedScene
from ugcgen.domain.enums import ReferenceAngle
from ugcgen.domain.people import AvatarDNA, Character, detailed_dna
from ugcgen.domain.product import ProductColors, ProductDNA
from ugcgen.domain.references import Coverage, ReferencePhoto
from ugcgen.ledger.account import Account
from ugcgen.ledger.record import Holder
from ugcgen.models import text
from ugcgen.models.catalog import Role, catalog
from ugcgen.models.pricing import TextTask
from ugcgen.models.quote import choose_models
from ugcgen.pipeline.outline import outline

PRODUCTS = ["product-angle.jpg", "product-front.jpg"]
MIA = AvatarDNA(
    face="Slim face, balanced jaw",
    skin="Medium skin, Fitzpatrick type III, #D7A27D",
    eyes="Close-set brown eyes",
    hair="Brunette hair, shoulder-length, #533B30",
    body="Average build",
    voice="Warm, medium pitch, conversational",
    wardrobe="Denim top, #5A7DA6",
    prohibited_drift="Skin ALWAYS medium, hair ALWAYS brunette and shoulder-length, eyes ALWAYS brown",
)
SERUM = ProductDNA(
    product_type="bottle",
    product_name="Lumi Glow",
    colors=ProductColors(primary="#9B653F", secondary="#F0E6D8", packaging="#C6AA8C"),
    shape="tall_slim_bottle",
    materials=["glass", "plastic cap"],
    texture="glossy",
    branding_text=["LUMI", "GLOW"],
    logo_description="Lettering on an ivory label",
    distinctive_features=["brown body", "ivory accents"],
    prohibited_variations=["Never change the label text", "Never alter the tall slim bottle shape"],
)

Answer = Callable[[TextTask, str, str, type[Any]], str]
"""What a model says, of the task, the system instruction, the prompt and the shape of the answer."""


def photo(angle: ReferenceAngle) -> ReferencePhoto:
    name = f"avatar-{angle}.jpg"
    return ReferencePhoto(
        image=name, sha256=name, width=1024, height=1024, faces=1, face_pixels=400, sharpness=50, angle=angle
    )


def character(*angles: ReferenceAngle) -> Character:
    photos = [photo(angle) for angle in angles]
    coverage = Coverage(angles={one.angle: one.image for one in photos if one.angle})
    name = "mia_denim_id_001"
    return Character(unique_identifier=name, detailed_dna=detailed_dna(name, MIA), photos=photos, coverage=coverage)


THREE_PHOTOS = character(ReferenceAngle.FRONT, ReferenceAngle.LEFT_PROFILE, ReferenceAngle.RIGHT_PROFILE)
BRIEF = Brief.model_validate(yaml.safe_load((REPO / "examples" / "brief.yaml").read_text(encoding="utf-8")))
CHOICES = choose_models(catalog(), BRIEF, date(2026, 11, 23), "gemini-3.5-flash-lite", (2, 3))
OUTLINE: list[PlannedScene] = outline(BRIEF, CHOICES[Role.VIDEO].model.limits)
ACCOUNT = Account(Holder(user_id="u", job_id="j", unit_id="script_generation", fence=1), allotted=0)
MODEL = CHOICES[Role.TEXT].model


def studio(task: TextTask, system: str, prompt: str, shape: type[Any]) -> str:
    return write(Prompt((Turn("user", prompt),), system=system), shape.model_json_schema())


@contextmanager
def answering(answer: Answer = studio) -> Iterator[dict[str, list[str]]]:
    """Models that answer so, and what they are asked, by the task's name."""
    asked: dict[str, list[str]] = {}

    def ask_once(
        account: Account, model: Any, task: TextTask, prompt: str, shape: Any, pictures: Any, system: Any, *_: Any
    ) -> str:
        asked.setdefault(task.name, []).append(f"SYSTEM\n\n{system}\n\nPROMPT\n\n{prompt}\n")
        return answer(task, system or "", prompt, shape)

    with patch.object(text, "_ask_once", ask_once):
        yield asked


def bible() -> ProductionBible:
    """The demo job's bible. Asks one question."""
    strategy = copilot.expand_brief(ACCOUNT, MODEL, BRIEF)
    seconds = sum(scene.seconds for scene in OUTLINE)
    return production_bible.assembled(BRIEF, seconds, strategy, SERUM, MIA, THREE_PHOTOS)


def written(of: ProductionBible, brief: Brief = BRIEF) -> script.Written:
    return script.generate_script(ACCOUNT, MODEL, brief, of, OUTLINE)
