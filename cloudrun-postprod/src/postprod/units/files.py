"""The files unit of post_production: what is made from a finished film beside the film itself."""

from postprod.workbench import Workbench
from ugcgen.engine.handle import Task
from ugcgen.pipeline.segments import SegmentName
from ugcgen.pipeline.transitions import Done, Outcome


def files(task: Task, bench: Workbench, name: SegmentName) -> Outcome:
    return Done(result={"files": {}})
