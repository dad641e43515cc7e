"""Every deployed function, a few lines each. Importing this module imports no model SDK and opens no client.

What a function does is in ``steps`` (pipeline), ``api`` (callables) and ``ugcgen.engine`` (the protocol).
"""

from typing import Any, TypeAlias

from firebase_admin import initialize_app
from firebase_functions import https_fn, options, pubsub_fn, scheduler_fn, tasks_fn
from firebase_functions.core import CloudEvent
from flask import Request, Response

initialize_app()

SECRETS = ["GEMINI_API_KEY", "WEBHOOK_SECRET", "API_KEY_ENCRYPTION_SECRET"]
STEP: dict[str, Any] = {
    "retry": True,
    "secrets": SECRETS,
    "memory": options.MemoryOption.MB_512,
    "timeout_sec": 540,
    "concurrency": 8,
}
CALLABLE: dict[str, Any] = {"secrets": SECRETS, "memory": options.MemoryOption.MB_512, "timeout_sec": 60}
STREAM: dict[str, Any] = {**CALLABLE, "timeout_sec": 660}
"""A little longer than the longest stream."""
DELIVERY_ATTEMPTS = 16
"""Over six hours: after 5, 10, 20 ... seconds, and at last every hour. ``docs/webhooks.md`` says so too."""

Message: TypeAlias = CloudEvent[pubsub_fn.MessagePublishedData[Any]]


def _run_step(event: Message) -> None:
    from steps.trigger import run  # noqa: PLC0415
    from ugcgen.domain.unit import WakeUp  # noqa: PLC0415 - a cold start must not pay for what it may not use

    run(WakeUp.model_validate(event.data.message.json), trace=event.id)


# The pipeline: one function a step, each woken by its own topic. Post-production is woken by Cloud Tasks instead.


@pubsub_fn.on_message_published(topic="ugcgen-script-generation", **STEP)
def scriptGeneration(event: Message) -> None:
    _run_step(event)


@pubsub_fn.on_message_published(topic="ugcgen-scene-prompts", **STEP)
def scenePrompts(event: Message) -> None:
    _run_step(event)


@pubsub_fn.on_message_published(topic="ugcgen-storyboard", **STEP)
def storyboard(event: Message) -> None:
    _run_step(event)


@pubsub_fn.on_message_published(topic="ugcgen-storyboard-review", **STEP)
def storyboardReview(event: Message) -> None:
    _run_step(event)


@pubsub_fn.on_message_published(topic="ugcgen-video-generation", **STEP)
def videoGeneration(event: Message) -> None:
    _run_step(event)


@pubsub_fn.on_message_published(topic="ugcgen-video-extension", **STEP)
def videoExtension(event: Message) -> None:
    _run_step(event)


@pubsub_fn.on_message_published(topic="ugcgen-audio-generation", **STEP)
def audioGeneration(event: Message) -> None:
    _run_step(event)


@pubsub_fn.on_message_published(topic="ugcgen-quality-check", **STEP)
def qualityCheck(event: Message) -> None:
    _run_step(event)


@pubsub_fn.on_message_published(topic="ugcgen-complete", **STEP)
def complete(event: Message) -> None:
    _run_step(event)


@tasks_fn.on_task_dispatched(
    retry_config=options.RetryConfig(max_attempts=20, min_backoff_seconds=2, max_backoff_seconds=60),
    rate_limits=options.RateLimits(max_concurrent_dispatches=50),
    secrets=SECRETS,
    memory=options.MemoryOption.MB_512,
    timeout_sec=540,
)
def pollUnit(request: https_fn.CallableRequest[Any]) -> None:
    """The end of a wait: the same claim as for a message."""
    from steps.trigger import run  # noqa: PLC0415
    from ugcgen.domain.unit import WakeUp  # noqa: PLC0415

    run(WakeUp.model_validate(request.data))


@tasks_fn.on_task_dispatched(
    retry_config=options.RetryConfig(max_attempts=10, min_backoff_seconds=1, max_backoff_seconds=60),
    rate_limits=options.RateLimits(max_concurrent_dispatches=50),
    memory=options.MemoryOption.MB_256,
)
def announceEvent(request: https_fn.CallableRequest[Any]) -> None:
    """A milestone was reached: a delivery is made for each webhook that wants to know."""
    from api.deliveries import announced  # noqa: PLC0415

    announced(request.data["event_id"])


@tasks_fn.on_task_dispatched(
    retry_config=options.RetryConfig(
        max_attempts=DELIVERY_ATTEMPTS, min_backoff_seconds=5, max_backoff_seconds=3600, max_doublings=12
    ),
    rate_limits=options.RateLimits(max_concurrent_dispatches=50),
    secrets=SECRETS,
    memory=options.MemoryOption.MB_256,
)
def deliverWebhook(request: https_fn.CallableRequest[Any]) -> None:
    """One try to tell one webhook of one event; raising has it tried again."""
    from api.deliveries import deliver  # noqa: PLC0415

    deliver(**request.data)


@scheduler_fn.on_schedule(schedule="every 1 minutes", secrets=SECRETS, memory=options.MemoryOption.MB_256)
def sweeper(event: scheduler_fn.ScheduledEvent) -> None:
    """Wake what should be moving and is not."""
    from api.deliveries import line_up_forgotten  # noqa: PLC0415
    from ugcgen.engine.events import announce_forgotten  # noqa: PLC0415
    from ugcgen.engine.sweep import sweep  # noqa: PLC0415

    sweep()
    announce_forgotten()
    line_up_forgotten()


@scheduler_fn.on_schedule(schedule="every 5 minutes", secrets=SECRETS, memory=options.MemoryOption.MB_512)
def collector(event: scheduler_fn.ScheduledEvent) -> None:
    """Fetch what was paid for and nobody waits for any more, before it expires."""
    from steps.collection import collect  # noqa: PLC0415

    collect()


@scheduler_fn.on_schedule(schedule="every 1 hours", memory=options.MemoryOption.MB_512)
def purger(event: scheduler_fn.ScheduledEvent) -> None:
    """Remove for good what was deleted and can be restored no more."""
    from api.deletion import purge_due  # noqa: PLC0415

    purge_due()


# What clients call: every operation of ``api``, by name or as REST.


@https_fn.on_call(**CALLABLE)
def call(request: https_fn.CallableRequest[Any]) -> Any:
    """``call/{name}``: one operation, which is named by the path below the function's own."""
    from api.callable import serve  # noqa: PLC0415

    return serve(request.raw_request.path.strip("/"), request)


@https_fn.on_request(**STREAM)
def stream(request: Request) -> Response:
    """``stream/{name}``: the same for an operation that answers bit by bit."""
    from api.streaming import serve  # noqa: PLC0415

    return serve(request)


@https_fn.on_request(**STREAM)
def api(request: Request) -> Response:
    """``api/v1/...``: the operations as REST, streams among them."""
    from api.rest import serve  # noqa: PLC0415

    return serve(request)


# What others call.


@https_fn.on_request(secrets=["WEBHOOK_SECRET"], memory=options.MemoryOption.MB_256)
def modelWebhook(request: Request) -> Response:
    """A model provider says that an operation has ended."""
    from api.webhook import receive  # noqa: PLC0415
    from ugcgen.domain.errors import NotSignedIn  # noqa: PLC0415

    try:
        receive(dict(request.headers), request.get_data())
    except NotSignedIn as wrong:
        return Response(str(wrong), status=401)
    return Response(status=204)


@https_fn.on_request(memory=options.MemoryOption.MB_256)
def health(request: Request) -> Response:
    from api.health import Health  # noqa: PLC0415
    from ugcgen.cloud.settings import settings  # noqa: PLC0415

    return Response(Health(version=settings().app_version).model_dump_json(), content_type="application/json")
