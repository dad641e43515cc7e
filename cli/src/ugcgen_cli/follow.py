"""Following a job to its end, or to the point where a person has to act."""

from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from ugcgen.domain.enums import BlockReason, JobStatus
from ugcgen.domain.job import Job
from ugcgen_cli.client import Client
from ugcgen_cli.display import Display, bill
from ugcgen_cli.errors import Refused
from ugcgen_cli.listener import Listener, View
from ugcgen_cli.result import summary, write_result

_OVER = {JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED}


class Unwatched(Exception):
    """The user stopped watching with Ctrl-C; the job itself goes on."""

    def __init__(self, job_id: str) -> None:
        super().__init__(
            f"job {job_id} goes on: 'ugcgen status {job_id} --follow' shows it, 'ugcgen cancel {job_id}' stops it"
        )


def follow(client: Client, job_id: str, display: Display, goes_on: Callable[[View], bool]) -> Job:
    """Show the job until it is over, or until it pauses and ``goes_on`` says that it will stay so. Raises Unwatched."""
    try:
        with Listener(client.endpoint, job_id) as listener, display:
            for view in listener.views():
                display.show(view)
                if view.job.status in _OVER or (view.job.status is JobStatus.PAUSED and not goes_on(view)):
                    break
    except KeyboardInterrupt:
        raise Unwatched(job_id) from None
    return view.job


class Review:
    """Has the storyboard decided once, when the job asks for it; any other pause is left to the user."""

    def __init__(self, client: Client, approves: Callable[[View], bool]) -> None:
        self._client = client
        self._approves = approves
        self._approved = False

    def __call__(self, view: View) -> bool:
        """Whether the paused job will go on."""
        if any(pause.reason != BlockReason.STORYBOARD_REVIEW for pause in view.job.paused_for):
            return False
        if not self._approved and self._approves(view):
            self._approved = True
            try:
                self._client.approve(view.job.id)
            except Refused as refused:
                if refused.status != "FAILED_PRECONDITION":  # somebody else was faster
                    raise
        return self._approved


def conclude(client: Client, job: Job, out: Path, console: Console) -> int:
    """Fetch what a completed job has made and say so. Returns the exit code: 0 also where a storyboard waits."""
    if job.status is JobStatus.COMPLETED:
        answer = client.job(job.id)
        for line in summary(answer, write_result(client, answer, out)):
            console.out(line, highlight=False)
        if answer.report:
            console.print(bill(answer.report))
        return 0
    waits_for_review = {pause.reason for pause in job.paused_for} == {BlockReason.STORYBOARD_REVIEW}
    return 0 if job.status is JobStatus.PAUSED and waits_for_review else 1
