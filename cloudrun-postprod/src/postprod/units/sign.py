"""The sign phase of complete: every file that is handed over says what it is and how it was made."""

from ugcgen.engine.handle import Task
from ugcgen.pipeline.freshness import FILM
from ugcgen.pipeline.transitions import Next, Outcome


def sign(task: Task) -> Outcome:
    return Next("deliver", memo={"film": task.results[FILM]["film"], "files": {}})
