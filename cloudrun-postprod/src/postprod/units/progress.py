"""How far a render is, for the client: written to the scene's document, not more than every two seconds."""

import time

from postprod.ffmpeg import Watch
from ugcgen.cloud.clock import now
from ugcgen.cloud.firestore import WRITE_TIMEOUT
from ugcgen.domain.enums import JobStatus
from ugcgen.engine.handle import Task
from ugcgen.engine.refs import read_job, scene_ref
from ugcgen.pipeline.plan import scene_shown

QUIET_SECONDS = 2.0


def watch(task: Task, seconds: float) -> Watch:
    """Follows a render of ``seconds`` of output: shows its progress, and ends it when the job is cancelled."""
    scene = scene_shown(task.unit.key)
    state = {"shown": time.monotonic(), "asked": time.monotonic()}

    def on_progress(done: float) -> None:
        if scene is None or time.monotonic() - state["shown"] < QUIET_SECONDS:
            return
        state["shown"] = time.monotonic()
        share = min(99, round(100 * done / seconds))
        message = f"rendering, {share} %"
        fields = {"scene_number": scene, "stage": str(task.unit.step), "message": message, "updated_at": now()}
        scene_ref(task.unit.job_id, scene).set(fields, merge=True, timeout=WRITE_TIMEOUT)

    def cancelled() -> bool:
        if time.monotonic() - state["asked"] < QUIET_SECONDS:
            return False
        state["asked"] = time.monotonic()
        return read_job(task.unit.job_id).status in {JobStatus.CANCELLING, JobStatus.CANCELLED}

    return Watch(on_progress=on_progress, cancelled=cancelled)
