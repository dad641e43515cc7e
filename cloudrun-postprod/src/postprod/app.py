"""The service: Cloud Tasks posts a wake-up, the unit is claimed and worked on. Functions, which decode no media, also
ask it at once what photos show."""

from collections.abc import Callable

from flask import Flask, Response, jsonify, request
from pydantic import ValidationError

from postprod.ffmpeg import RenderCancelled
from postprod.units.fit import fit
from postprod.units.frames import frames
from postprod.units.inspect import inspect, inspected
from postprod.units.likeness import compare
from postprod.units.measure import measure
from postprod.units.render import render
from postprod.units.sign import sign
from ugcgen.cloud import logs
from ugcgen.cloud.logs import log
from ugcgen.cloud.settings import settings
from ugcgen.domain.errors import InvalidInput, LeaseHeld, MediaError, NotFound
from ugcgen.domain.references import InspectPhotos
from ugcgen.domain.unit import WakeUp
from ugcgen.engine.handle import Task, TryAgain, handle
from ugcgen.pipeline.steps import Service
from ugcgen.pipeline.transitions import Cancelled, Outcome

PHASES: dict[str, Callable[[Task], Outcome]] = {
    "inspect": inspect,
    "fit": fit,
    "compare": compare,
    "frames": frames,
    "measure": measure,
    "render": render,
    "sign": sign,
}


def create_app() -> Flask:
    """The WSGI application. Raises ConfigurationError where an emulator variable is set in production."""
    logs.configure(settings().debug)
    app = Flask("postprod")

    @app.get("/health")
    def health() -> Response:
        return jsonify(status="ok", version=settings().app_version)

    @app.post("/units")
    def units() -> tuple[Response, int] | Response:
        try:
            message = WakeUp.model_validate(request.get_json(silent=True))
        except ValidationError as wrong:
            # Asking again cannot help, so the task is taken as done.
            log.error("a task that is no wake-up: %s", wrong)
            return jsonify(error="the body is no wake-up of a unit"), 200
        with logs.about(trace=logs.trace_of(request.headers.get("traceparent"))):
            try:
                handle(message, work, close, Service.POSTPROD)
            except (LeaseHeld, TryAgain) as later:
                log.info("%s", later)
                return jsonify(error=str(later)), 503
        return jsonify(done=message.unit)

    @app.post("/photos")
    def photos() -> tuple[Response, int] | Response:
        with logs.about(trace=logs.trace_of(request.headers.get("traceparent"))):
            try:
                asked = InspectPhotos.model_validate(request.get_json(silent=True))
                return jsonify(inspected(asked).model_dump(mode="json"))
            except ValidationError as wrong:
                return jsonify(error=str(InvalidInput.of(wrong))), 400
            except (MediaError, NotFound) as unusable:
                return jsonify(error=str(unusable)), 400

    return app


def work(task: Task) -> Outcome:
    phase = PHASES.get(task.unit.phase)
    if phase is None:
        raise InvalidInput(f"{task.unit.id} is in phase {task.unit.phase!r}, which the functions do, not this service")
    try:
        return phase(task)
    except RenderCancelled:
        return Cancelled()


def close(task: Task) -> Outcome:
    """Nothing is open at a provider in this service's phases."""
    return Cancelled()
