"""Drawing a storyboard again while it waits for a decision: one scene, or all of them."""

from pydantic import Field

from api.caller import Caller
from api.jobs import Accepted, DecideStoryboard, JobRequest, decide_storyboard
from api.operation import operation
from ugcgen.domain.errors import InvalidInput


class RegenerateAll(JobRequest):
    """``note`` tells the illustrator what to do differently."""

    note: str = Field(default="", max_length=500)


class RegenerateScene(RegenerateAll):
    scene_number: int = Field(ge=1)


@operation("POST", "/storyboard/regenerate-scene")
def regenerate_scene(caller: Caller, request: RegenerateScene) -> Accepted:
    """Draw one scene again. Raises WrongState where no storyboard waits for a decision."""
    retake = DecideStoryboard(
        job_id=request.job_id, decision="retake", scenes=[request.scene_number], note=request.note
    )
    try:
        return decide_storyboard(caller, retake)
    except InvalidInput as wrong:
        raise InvalidInput(str(wrong), field="scene_number") from wrong


@operation("POST", "/storyboard/regenerate-all")
def regenerate_all(caller: Caller, request: RegenerateAll) -> Accepted:
    """Draw every scene again. Raises WrongState where no storyboard waits for a decision."""
    return decide_storyboard(caller, DecideStoryboard(job_id=request.job_id, decision="retake", note=request.note))
