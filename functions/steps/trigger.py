"""From a wake-up to the engine: what every step function and the poll do."""

from steps.work import close, work
from ugcgen.cloud import logs
from ugcgen.cloud.settings import settings
from ugcgen.domain.unit import WakeUp
from ugcgen.engine.handle import handle
from ugcgen.models import preflight
from ugcgen.pipeline.steps import Service


def run(message: WakeUp, trace: str | None = None) -> None:
    """Handle the wake-up. Raises where the message has to be delivered again."""
    logs.configure(settings().debug)
    preflight.warn_once()
    with logs.about(trace=trace):
        handle(message, work, close, Service.FUNCTIONS)
