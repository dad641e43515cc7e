"""One unit of post-production taken by two processes at the same time: both come to the same object."""

import multiprocessing
import uuid
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from postprod.units.render import render
from tests.integration.postprod.conftest import Ramp
from tests.integration.postprod.shoot import Shoot, segment_task, service_process
from ugcgen.cloud import storage
from ugcgen.engine.handle import Task
from ugcgen.pipeline.transitions import Done


def rendered_elsewhere(task: Task) -> dict[str, Any]:
    with service_process():
        outcome = render(task)
    assert isinstance(outcome, Done)
    return outcome.result


def test_two_workers_at_once_make_one_segment(cloud_env: Mapping[str, str], tmp_path: Path, ramp: Ramp) -> None:
    user = f"user-{uuid.uuid4().hex[:12]}"
    with service_process():
        work = Shoot(user, tmp_path, ramp)
        before = {blob.name for blob in storage.bucket().list_blobs()}
        task = segment_task(work.job, "join-01")
        with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as workers:
            first, second = workers.map(rendered_elsewhere, [task, task])
        made = {blob.name for blob in storage.bucket().list_blobs()} - before
        assert first == second
        assert made == {first["segment"]}
        stored = storage.get(first["segment"])
        storage.bucket().blob(first["segment"]).delete()
        render(task)
        assert storage.get(first["segment"]) == stored, "and whoever makes it again makes the same"
