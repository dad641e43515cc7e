import json
import logging
import sys

import pytest

from ugcgen.cloud.logs import JsonLines, about, trace_of


def line(message: str = "made %d", *args: object, error: bool = False) -> dict[str, object]:
    facts = sys.exc_info() if error else None
    record = logging.LogRecord("ugcgen", logging.WARNING, __file__, 1, message, args or (3,), facts)
    text = JsonLines().format(record)
    assert "\n" not in text
    found: dict[str, object] = json.loads(text)
    return found


def test_a_line_is_one_json_object_with_its_context() -> None:
    with about(job="j1", scene=2, step=None), about(unit="storyboard-02"):
        found = line()
    assert (found["severity"], found["message"], found["logger"]) == ("WARNING", "made 3", "ugcgen")
    assert (found["job"], found["scene"], found["unit"]) == ("j1", "2", "storyboard-02")
    assert "step" not in found and "stack_trace" not in found


def test_the_context_ends_with_its_block() -> None:
    with about(job="j1"):
        with about(job="j2"):
            assert line()["job"] == "j2"
        assert line()["job"] == "j1"
    assert "job" not in line()


def test_a_trace_is_named_as_cloud_logging_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", "p1")
    with about(trace="abc"):
        found = line()
    assert found["logging.googleapis.com/trace"] == "projects/p1/traces/abc"
    assert "trace" not in found


def test_an_error_brings_its_whole_traceback() -> None:
    try:
        try:
            raise KeyError("inner")
        except KeyError as inner:
            raise ValueError("outer") from inner
    except ValueError:
        trace = str(line(error=True)["stack_trace"])
    assert "KeyError: 'inner'" in trace and "ValueError: outer" in trace and "test_logs.py" in trace


@pytest.mark.parametrize(
    ("header", "trace"),
    [
        ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "4bf92f3577b34da6a3ce929d0e0e4736"),
        ("105445aa7843bc8bf206b12000100000/1;o=1", "105445aa7843bc8bf206b12000100000"),
        ("", None),
        (None, None),
    ],
)
def test_a_trace_id_is_read_from_either_header(header: str | None, trace: str | None) -> None:
    assert trace_of(header) == trace
