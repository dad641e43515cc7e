"""Step 7: the dialogue, spoken as a voiceover: of one scene, or of all of them in one breath.

Post-production fits what was spoken to its scenes, and has it spoken once more where it is far too long.
"""

from collections.abc import Mapping
from typing import Any

from steps.context import StepContext
from steps.takes import until_it_comes
from ugcgen.cloud.logs import log
from ugcgen.domain.call import Artifact
from ugcgen.domain.enums import PipelineStep
from ugcgen.domain.errors import CallUnconfirmed, OverBudget
from ugcgen.domain.job import Job
from ugcgen.domain.unit import Unit
from ugcgen.domain.voice import VoiceConfig
from ugcgen.engine.advance import decide
from ugcgen.models import speech
from ugcgen.models.catalog import Model, Role
from ugcgen.models.fallback import NOT_SPOKEN
from ugcgen.pipeline.transitions import Done, Next, Outcome, Outdated

TAKES = 2
"""How often a model is asked whose answer is lost or has no sound, before another one takes over."""


def speak(step: StepContext) -> Outcome:
    """A recording for each time it was spoken, for the fitting to choose from; none where nothing is said."""
    lines = _lines(step)
    if not lines:
        number = step.unit.scene
        return Done({"scene_number": number, "voice": None, "text": ""} if number else {"scenes": {}})
    takes = list(step.unit.memo.get("takes", []))
    try:
        takes.append(_recorded(step, "\n\n".join(lines.values())))
    except OverBudget as over:
        if not takes:
            raise
        if step.afford(over):
            return speak(step)
    except CallUnconfirmed:
        if not takes:
            raise
    except NOT_SPOKEN as refused:
        if not takes:
            return _handed_on(step, refused)
    # Where it was not spoken once more, what was spoken before is trimmed.
    return Next("fit", memo={"takes": takes, "lines": lines})


def _lines(step: StepContext) -> dict[str, str]:
    """What is said in each scene of the unit in which something is, by the scene's number."""
    numbers = [step.unit.scene] if step.unit.scene else [scene.scene_number for scene in step.job.outline]
    said = {str(n): str(step.result(PipelineStep.SCENE_PROMPTS, n)["dialogue"]).strip() for n in numbers}
    return {number: line for number, line in said.items() if line}


def _recorded(step: StepContext, text: str) -> dict[str, Any]:
    model, voice, faster = _speaker(step)[0], _voice(step), step.unit.memo.get("faster", 1)

    def spoken(take: int) -> Artifact:
        return speech.speak(step.account, model, text, voice, step.job.brief.language, faster, take)

    sound, _ = until_it_comes(spoken, first=step.unit.inputs.get("take", 1), most=TAKES)
    return {"voice": sound.name, "sha256": sound.sha256, "model": model.id, "faster": faster}


def _voice(step: StepContext) -> VoiceConfig:
    """The job's voice, told how to speak: by the person, or by the ad's tone, its script and the scene's expression."""
    voice = step.job.voice
    if voice.style:
        return voice
    told = step.result(PipelineStep.SCENE_PROMPTS, step.unit.scene or 1)
    manner = [told["delivery"], *([told["expression"]] if step.unit.scene else [])]
    return voice.model_copy(update={"style": ". ".join(part for part in manner if part)})


def _speaker(step: StepContext) -> list[Model]:
    """The model that speaks the job, then those that may take its place."""
    models = step.models(Role.SPEECH)
    names = [model.id for model in models]
    return models[names.index(step.job.spoken_by) if step.job.spoken_by in names else 0 :]


def _handed_on(step: StepContext, refused: Exception) -> Outcome:
    """The whole ad is left to the next model: one voice must not change within it. Every scene that was spoken by the
    one before reads who speaks, so it is spoken again."""
    model, *others = _speaker(step)
    if not others:
        raise refused
    log.warning("%s takes over from %s: %s", others[0].id, model.id, refused)

    def to_the_next(stored: Job, units: Mapping[str, Unit]) -> tuple[Job, dict[str, Unit]]:
        # Another scene may have been refused before us.
        is_news = stored.spoken_by == step.job.spoken_by
        return (stored.model_copy(update={"spoken_by": others[0].id}) if is_news else stored), {}

    decide(step.job, to_the_next)
    return Outdated()
