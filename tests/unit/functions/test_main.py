"""``main.py`` lists the functions: cheap to import, and each topic and queue is the one that the engine writes to."""

import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from pytest import fixture, mark

from api import deliveries
from infra.local.functions_host import Function, functions_of
from ugcgen.engine import events
from ugcgen.engine.wake import POLL_QUEUE
from ugcgen.pipeline.steps import STEPS, Service, Step

FUNCTIONS = Path(__file__).parents[3] / "functions"
HEAVY = [
    "google.genai",
    "google.cloud.firestore",
    "google.cloud.firestore_v1",
    "google.cloud.storage",
    "google.pubsub_v1",
]
MEDIA = ["PIL", "av", "cv2", "numpy", "ffmpeg"]


@fixture(scope="module")
def main() -> ModuleType:
    import main

    return main


@fixture(scope="module")
def functions(main: ModuleType) -> dict[str, Function]:
    return {function.name: function for function in functions_of(main)}


def endpoint(main: ModuleType, name: str) -> Any:
    return getattr(main, name).__firebase_endpoint__


def woken_by_topic(step: Step) -> bool:
    return Service.FUNCTIONS in step.phases.values()


@fixture(scope="module")
def imported() -> set[str]:
    """The modules of a fresh process that has imported the functions' entry and nothing else."""
    return modules_after("import main")


def modules_after(statement: str) -> set[str]:
    program = f"import json, sys; {statement}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], cwd=FUNCTIONS, capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


@mark.parametrize("module", [*HEAVY, *MEDIA])
def test_a_cold_start_pays_for_no_client_and_no_media_library(imported: set[str], module: str) -> None:
    assert "firebase_functions" in imported
    assert module not in imported


def test_the_first_call_pays_for_no_model_sdk_unless_it_needs_one() -> None:
    modules = modules_after("import main; from api.registry import operations; operations()")
    assert "api.generation" in modules
    assert "google.genai" not in modules


def test_every_step_with_a_phase_here_has_a_function_on_its_topic(functions: dict[str, Function]) -> None:
    topics = sorted(f.details["topic"] for f in functions.values() if f.trigger == "pubsub")
    assert topics == sorted(step.topic for step in STEPS.values() if woken_by_topic(step))


@mark.parametrize("step", [step for step in STEPS.values() if woken_by_topic(step)], ids=lambda step: step.name)
def test_a_step_is_delivered_again_after_a_failure(
    main: ModuleType, functions: dict[str, Function], step: Step
) -> None:
    (function,) = [f for f in functions.values() if f.details.get("topic") == step.topic]
    assert endpoint(main, function.name).eventTrigger["retry"] is True


def test_a_function_bears_the_name_of_its_step(functions: dict[str, Function]) -> None:
    for function in functions.values():
        if function.trigger == "pubsub":
            first, *rest = function.details["topic"].removeprefix("ugcgen-").split("-")
            assert function.name == first + "".join(word.capitalize() for word in rest)


def test_every_queue_that_tasks_are_put_in_is_a_function_s(functions: dict[str, Function]) -> None:
    tasks = {f.name: f.details for f in functions.values() if f.trigger == "task"}
    assert tasks.keys() == {POLL_QUEUE, events.QUEUE, deliveries.QUEUE}
    assert all(details["queue"] == name for name, details in tasks.items())
    assert tasks[POLL_QUEUE]["retryConfig"]["maxAttempts"] > 1
    assert tasks[deliveries.QUEUE]["retryConfig"]["maxAttempts"] == deliveries.MOST_TRIES


def test_the_sweeper_runs_every_minute(functions: dict[str, Function]) -> None:
    assert functions["sweeper"].details["schedule"] == "every 1 minutes"


def test_whoever_may_call_a_model_has_the_keys(main: ModuleType, functions: dict[str, Function]) -> None:
    for function in functions.values():
        if function.trigger == "pubsub" or function.name == POLL_QUEUE:
            held = {secret["key"] for secret in endpoint(main, function.name).secretEnvironmentVariables}
            assert held == {"GEMINI_API_KEY", "WEBHOOK_SECRET", "API_KEY_ENCRYPTION_SECRET"}


def test_clients_call_three_doors(functions: dict[str, Function]) -> None:
    assert {name: functions[name].trigger for name in ("call", "stream", "api")} == {
        "call": "callable",
        "stream": "https",
        "api": "https",
    }
    assert [f.name for f in functions.values() if f.trigger == "callable"] == ["call"]


def test_a_stream_is_given_the_time_it_may_last(main: ModuleType) -> None:
    from api.progress import LONGEST_SECONDS

    for name in ("stream", "api"):
        assert endpoint(main, name).timeoutSeconds > LONGEST_SECONDS
