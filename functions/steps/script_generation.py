"""Step 1: study the photos (inspected in post-production before), assemble the production bible, write the script.

What somebody looked over before the start is taken as it is, until an edit changes what it was written from.
"""

from agents import copilot, production_bible, script
from agents.script import Written
from steps.context import StepContext
from steps.studying import study
from ugcgen.domain.bible import ProductionBible, Strategy
from ugcgen.domain.bible_edits import BibleEdit
from ugcgen.domain.script import Writing
from ugcgen.models.catalog import Model, Role
from ugcgen.models.fallback import through
from ugcgen.pipeline.transitions import Done, Outcome


def write(step: StepContext) -> Outcome:
    """The script, the bible as it was assembled, and how the writing went, in the unit's result."""
    brief = step.job.brief
    studied = study(step)
    seconds = sum(scene.seconds for scene in step.job.outline)
    bible = production_bible.assembled(
        brief, seconds, _strategy(step), studied.product, studied.avatar, studied.character
    )
    words, writing = _written(step, step.job.edits.bible.of_script.over(bible))
    return Done(
        result={
            "script": words.model_dump(mode="json"),
            "bible": bible.model_dump(mode="json"),
            "writing": writing.model_dump(mode="json"),
        }
    )


def _strategy(step: StepContext) -> Strategy:
    """How the ad is to persuade, by the user's own words as they are now."""
    edit = step.job.edits.bible.creative_brief
    own = edit.model_dump(exclude_none=True, include={"prompt", "selling_points"}) if edit else {}
    if step.job.brought.strategy is not None and not own:
        return step.job.brought.strategy
    brief = step.job.brief.model_copy(update=own)
    return through(step.models(Role.TEXT), lambda model: copilot.expand_brief(step.account, model, brief))


def _written(step: StepContext, bible: ProductionBible) -> Written:
    """The script, refined where a person left a note; what was written before the note is found again for nothing."""
    brief, outline, note = step.job.brief, step.job.outline, step.job.edits.script_note
    brought = _brought(step, bible)
    if brought is not None and note is None:
        return brought

    def written_by(model: Model) -> Written:
        first = brought or script.generate_script(step.account, model, brief, bible, outline)
        if note is None:
            return first
        refined = script.refine_script(step.account, model, brief, bible, outline, first.script, note)
        return Written(refined.script, first.writing + refined.writing)

    return through(step.models(Role.TEXT), written_by)


def _brought(step: StepContext, bible: ProductionBible) -> Written | None:
    """The script that somebody looked over, in this bible's light, while nothing of what it was written from was
    edited."""
    words = step.job.brought.script
    if words is None or step.job.edits.bible.of_script != BibleEdit():
        return None
    return Written(script.hold(words, bible, step.job.outline), Writing())
