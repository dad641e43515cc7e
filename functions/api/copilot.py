"""The copilot as a script writer outside of any job: a script to look over before one is started, and changed by word.

It is written as a job of the brief would write it, out of the caller's daily allowance, and kept by whoever asked.
"""

from collections.abc import Callable

from pydantic import Field

from api import asking
from api.caller import Caller
from api.mass_generator import GenerateBible, bible_and_outline
from api.operation import Effort, operation
from api.wording import MOST_CHARACTERS
from ugcgen.domain.bible import ProductionBible
from ugcgen.domain.brief import PlannedScene
from ugcgen.domain.errors import InvalidInput
from ugcgen.domain.model import Document
from ugcgen.domain.script import Script, Writing
from ugcgen.ledger.account import Account
from ugcgen.models.catalog import Model, Role


class RefineScript(GenerateBible):
    """``feedback`` says what to change in the script; what it does not concern stays word for word."""

    script: Script
    feedback: str = Field(min_length=1, max_length=1000)


class ScriptAnswer(Document):
    """A script that keeps the outline of the brief, and how it came about."""

    script: Script
    writing: Writing


@operation("POST", "/copilot/generate-script", effort=Effort.COSTLY)
def generate_script(caller: Caller, request: GenerateBible) -> ScriptAnswer:
    """Write the script of a brief. Raises as generateBible does, and OverBudget where the day's allowance does not
    hold it."""
    from agents import script  # noqa: PLC0415 - the other operations need no model SDK

    brief = request.brief
    return _written(
        caller,
        request,
        lambda account, model, bible, outline: script.generate_script(account, model, brief, bible, outline),
    )


@operation("POST", "/copilot/refine-script", effort=Effort.COSTLY)
def refine_script(caller: Caller, request: RefineScript) -> ScriptAnswer:
    """Change a script as the feedback says, within the outline of the brief. Raises as generateScript does."""
    from agents import script  # noqa: PLC0415

    brief = request.brief
    return _written(
        caller,
        request,
        lambda account, model, bible, outline: script.refine_script(
            account, model, brief, bible, outline, request.script, request.feedback
        ),
    )


Writer = Callable[[Account, Model, ProductionBible, list[PlannedScene]], tuple[Script, Writing]]


def _written(caller: Caller, request: GenerateBible, writer: Writer) -> ScriptAnswer:
    from ugcgen.models.fallback import through  # noqa: PLC0415

    length = len(request.model_dump_json(exclude={"brief"}))
    if length > MOST_CHARACTERS:
        raise InvalidInput(f"beside the brief there are {length} characters, at most {MOST_CHARACTERS} fit; shorten it")
    bible, outline = bible_and_outline(caller, request)
    account = asking.account(caller)
    models = asking.models(Role.TEXT, request.brief.quality, request.brief.models.text)
    script, writing = through(models, lambda model: writer(account, model, bible, outline))
    return ScriptAnswer(script=script, writing=writing)
