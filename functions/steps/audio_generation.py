"""Step 7: one scene's dialogue, spoken as a voiceover."""

from steps.context import StepContext
from steps.takes import until_it_comes
from ugcgen.domain.enums import PipelineStep
from ugcgen.models import speech
from ugcgen.models.catalog import Role
from ugcgen.pipeline.transitions import Done, Outcome


def speak(step: StepContext) -> Outcome:
    """The voice as a WAV file in the unit's result; none for a scene in which nothing is said."""
    dialogue = str(step.result(PipelineStep.SCENE_PROMPTS, step.scene_number)["dialogue"]).strip()
    if not dialogue:
        return Done(result={"scene_number": step.scene_number, "voice": None, "text": ""})
    brief = step.job.brief
    model = step.model(Role.SPEECH)
    voice, _ = until_it_comes(
        lambda take: speech.speak(step.account, model, dialogue, step.job.voice, brief.language, brief.tone, take)
    )
    return Done(
        result={"scene_number": step.scene_number, "voice": voice.name, "sha256": voice.sha256, "text": dialogue},
        view={"voice": voice.name},
    )
