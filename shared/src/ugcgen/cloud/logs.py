"""Structured logs: one JSON object a line, as Cloud Logging reads them, with job, unit and trace."""

import contextlib
import contextvars
import json
import logging
import os
import sys
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime

_context: contextvars.ContextVar[dict[str, str]] = contextvars.ContextVar("log_context", default={})  # noqa: B039

log = logging.getLogger("ugcgen")


@contextlib.contextmanager
def about(**fields: str | int | None) -> Iterator[None]:
    """Every line logged inside carries these fields: ``job``, ``step``, ``scene``, ``unit``, ``trace`` ..."""
    token = _context.set(_context.get() | {name: str(value) for name, value in fields.items() if value is not None})
    try:
        yield
    finally:
        _context.reset(token)


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "severity": record.levelname,
            "message": record.getMessage(),
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "logger": record.name,
        }
        context = dict(_context.get())
        trace = context.pop("trace", None)
        if trace:
            line["logging.googleapis.com/trace"] = f"projects/{os.environ.get('GOOGLE_CLOUD_PROJECT')}/traces/{trace}"
        line.update(context)
        if record.exc_info:
            line["stack_trace"] = "".join(traceback.format_exception(*record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


def configure(debug: bool = False) -> None:
    """Send the whole process's logs through one JSON handler. Repeating it changes nothing."""
    root = logging.getLogger()
    if any(isinstance(handler.formatter, JsonLines) for handler in root.handlers):
        return
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonLines())
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    log.setLevel(logging.DEBUG if debug else logging.INFO)
    for chatty in ("google_genai", "httpx2", "werkzeug"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def trace_of(header: str | None) -> str | None:
    """The trace id of a ``traceparent`` or ``X-Cloud-Trace-Context`` header."""
    if not header:
        return None
    parts = header.split("-")
    return parts[1] if len(parts) == 4 else header.split("/")[0]
