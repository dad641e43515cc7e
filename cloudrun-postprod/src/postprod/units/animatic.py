"""The animatic unit of post_production: the whole ad from its stills, before anything is filmed."""

from postprod.workbench import Workbench
from ugcgen.engine.handle import Task
from ugcgen.pipeline.transitions import Done, Outcome


def animatic(task: Task, bench: Workbench) -> Outcome:
    return Done(result={"animatic": None})
