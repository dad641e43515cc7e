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

Message: TypeAlias = CloudEvent[pubsub_fn.MessagePublishedData[Any]]


def _run_step(event: Message) -> None:
    from steps.trigger import run  # noqa: PLC0415
    from ugcgen.domain.unit import WakeUp  # noqa: PLC0415 - a cold start must not pay for what it may not use

    run(WakeUp.model_validate(event.data.message.json), trace=event.id)


def _serve(operation: str, request: https_fn.CallableRequest[Any]) -> Any:
    from api.callable import serve  # noqa: PLC0415

    return serve(operation, request)


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


@scheduler_fn.on_schedule(schedule="every 1 minutes", secrets=SECRETS, memory=options.MemoryOption.MB_256)
def sweeper(event: scheduler_fn.ScheduledEvent) -> None:
    """Wake what should be moving and is not."""
    from ugcgen.engine.sweep import sweep  # noqa: PLC0415

    sweep()


@scheduler_fn.on_schedule(schedule="every 5 minutes", secrets=SECRETS, memory=options.MemoryOption.MB_512)
def collector(event: scheduler_fn.ScheduledEvent) -> None:
    """Fetch what was paid for and nobody waits for any more, before it expires."""
    from steps.collection import collect  # noqa: PLC0415

    collect()


# What clients call.


@https_fn.on_call(**CALLABLE)
def openUpload(request: https_fn.CallableRequest[Any]) -> Any:
    return _serve("uploads.open_upload", request)


@https_fn.on_call(**CALLABLE)
def quoteGeneration(request: https_fn.CallableRequest[Any]) -> Any:
    return _serve("generation.quote_generation", request)


@https_fn.on_call(**CALLABLE)
def listModels(request: https_fn.CallableRequest[Any]) -> Any:
    return _serve("models.list_models", request)


@https_fn.on_call(**CALLABLE)
def startGeneration(request: https_fn.CallableRequest[Any]) -> Any:
    return _serve("generation.start_generation", request)


@https_fn.on_call(**CALLABLE)
def getJob(request: https_fn.CallableRequest[Any]) -> Any:
    return _serve("jobs.get_job", request)


@https_fn.on_call(**CALLABLE)
def decideStoryboard(request: https_fn.CallableRequest[Any]) -> Any:
    return _serve("jobs.decide_storyboard", request)


@https_fn.on_call(**CALLABLE)
def editJob(request: https_fn.CallableRequest[Any]) -> Any:
    return _serve("edits.edit_job", request)


@https_fn.on_call(**CALLABLE)
def deleteJob(request: https_fn.CallableRequest[Any]) -> Any:
    return _serve("deletion.delete_job", request)


@https_fn.on_call(**CALLABLE)
def cancelJob(request: https_fn.CallableRequest[Any]) -> Any:
    return _serve("jobs.cancel_job", request)


@https_fn.on_call(**CALLABLE)
def resumeJob(request: https_fn.CallableRequest[Any]) -> Any:
    return _serve("jobs.resume_job", request)


@https_fn.on_call(**CALLABLE)
def addApiKey(request: https_fn.CallableRequest[Any]) -> Any:
    return _serve("keys.add_api_key", request)


@https_fn.on_call(**CALLABLE)
def listApiKeys(request: https_fn.CallableRequest[Any]) -> Any:
    return _serve("keys.list_api_keys", request)


@https_fn.on_call(**CALLABLE)
def updateApiKey(request: https_fn.CallableRequest[Any]) -> Any:
    return _serve("keys.update_api_key", request)


@https_fn.on_call(**CALLABLE)
def removeApiKey(request: https_fn.CallableRequest[Any]) -> Any:
    return _serve("keys.remove_api_key", request)


# What administrators call.


@https_fn.on_call(**CALLABLE)
def addPoolKey(request: https_fn.CallableRequest[Any]) -> Any:
    return _serve("pool.add_pool_key", request)


@https_fn.on_call(**CALLABLE)
def listPoolKeys(request: https_fn.CallableRequest[Any]) -> Any:
    return _serve("pool.list_pool_keys", request)


@https_fn.on_call(**CALLABLE)
def updatePoolKey(request: https_fn.CallableRequest[Any]) -> Any:
    return _serve("pool.update_pool_key", request)


@https_fn.on_call(**CALLABLE)
def removePoolKey(request: https_fn.CallableRequest[Any]) -> Any:
    return _serve("pool.remove_pool_key", request)


@https_fn.on_call(**CALLABLE)
def rotateMasterKey(request: https_fn.CallableRequest[Any]) -> Any:
    return _serve("pool.rotate_master_key", request)


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
    import json  # noqa: PLC0415

    from ugcgen.cloud.settings import settings  # noqa: PLC0415

    body = json.dumps({"status": "ok", "version": settings().app_version})
    return Response(body, content_type="application/json")
