"""Step 7: one scene's dialogue, spoken as a voiceover."""

from steps.context import StepContext
from steps.takes import until_it_comes
from ugcgen.domain.call import Artifact
from ugcgen.domain.enums import PipelineStep
from ugcgen.models import speech
from ugcgen.models.catalog import Model, Role
from ugcgen.models.fallback import NOT_SPOKEN, through
from ugcgen.pipeline.transitions import Done, Outcome


def speak(step: StepContext) -> Outcome:
    """The voice as a WAV file in the unit's result; none for a scene in which nothing is said."""
    dialogue = str(step.result(PipelineStep.SCENE_PROMPTS, step.scene_number)["dialogue"]).strip()
    if not dialogue:
        return Done(result={"scene_number": step.scene_number, "voice": None, "text": ""})
    brief = step.job.brief

    def spoken_by(model: Model) -> tuple[Artifact, Model]:
        voice, _ = until_it_comes(
            lambda take: speech.speak(step.account, model, dialogue, step.job.voice, brief.language, brief.tone, take),
            first=step.unit.inputs.get("take", 1),
        )
        return voice, model

    voice, model = through(step.models(Role.SPEECH), spoken_by, after=NOT_SPOKEN)
    return Done(
        result={
            "scene_number": step.scene_number,
            "voice": voice.name,
            "sha256": voice.sha256,
            "text": dialogue,
            "model": model.id,
        },
        view={"voice": voice.name},
    )
