"""The measure phase of quality_check: the film in every shape looked over."""

from collections.abc import Mapping
from pathlib import Path

from postprod.checks.film import check_film
from postprod.checks.moment import moment
from postprod.checks.report import Check, Report, Reports
from postprod.picture.frames import sample_frames
from postprod.units.progress import watch
from postprod.workbench import Workbench
from ugcgen.cloud import storage
from ugcgen.cloud.settings import settings
from ugcgen.domain.edit import Edit
from ugcgen.engine.handle import Task
from ugcgen.pipeline.freshness import films_of
from ugcgen.pipeline.plan import footage_of
from ugcgen.pipeline.transitions import Next, Outcome

Sampled = list[tuple[float, bytes]]


def measure(task: Task) -> Outcome:
    """Reports by the names of the films."""
    clips = {str(task.results[footage_of(scene)]["clip"]) for scene in task.job.outline}
    rate = settings().consistency_frame_sample_rate
    with Workbench(task.unit.user_id) as bench:
        samples = {clip: sample_frames(bench.fetch(clip), rate) for clip in sorted(clips)}
        films = {
            str(film["film"]): _checked(task, bench, str(film["film"]), Edit.model_validate(film["edit"]), samples)
            for film in (task.results[unit] for unit in films_of(task.job))
        }
    return Next("judge", memo={"checks": Reports(films=films).model_dump(mode="json")})


def _checked(task: Task, bench: Workbench, name: str, edit: Edit, samples: Mapping[str, Sampled]) -> Report:
    names = [name for cut in edit.scenes for name in (cut.clip, cut.voice) if name]
    film = bench.fetch(name)
    report = check_film(
        film, edit, {name: bench.fetch(name) for name in names}, samples, watch=watch(task, edit.frames / edit.fps)
    )
    return Report(checks=tuple(_pictured(bench, name, film, check) for check in report.checks))


def _pictured(bench: Workbench, name: str, film: Path, check: Check) -> Check:
    """A failed check with a picture of its worst moment beside it."""
    if check.ok or not check.stretches:
        return check
    worst = check.stretches[0]
    at = (worst.start + worst.end) / 2
    data = moment(film, at)
    if data is None:
        return check
    target = bench.name_for("moment", {"at": at}, [name], "jpg")
    _, stored = storage.put_once(target, data, "image/jpeg")
    return check.model_copy(update={"picture": stored.name})
