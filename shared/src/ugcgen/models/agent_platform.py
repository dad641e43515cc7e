"""Video by Veo on the Agent Platform: a long-running operation that writes into our bucket under the call's key."""

from google.genai import types

from ugcgen.cloud import storage
from ugcgen.cloud.settings import settings
from ugcgen.domain.errors import ReplyLost
from ugcgen.ledger.account import Sender
from ugcgen.ledger.keyring import Lent
from ugcgen.models import provider
from ugcgen.models.catalog import Model
from ugcgen.models.clip import ClipOrder, Operation, Progress
from ugcgen.models.media import Picture


def prepare(model: Model, order: ClipOrder, key: str) -> Sender[str]:
    """Everything the request needs; calling the result sends one POST and returns the operation's name."""
    config = types.GenerateVideosConfig(
        number_of_videos=1,
        output_gcs_uri=f"gs://{settings().gcs_bucket}/operations/{key}/",
        duration_seconds=int(order.seconds),
        aspect_ratio=order.ratio,
        resolution=order.resolution,
        seed=order.seed,
        negative_prompt=order.negative or None,
        generate_audio=True,
        last_frame=_image(order.last_frame),
        reference_images=[
            types.VideoGenerationReferenceImage(image=_image(picture), reference_type="ASSET")
            for picture in order.references
        ]
        or None,
    )
    source = types.GenerateVideosSource(
        prompt=order.prompt,
        image=_image(order.first_frame),
        video=types.Video(uri=order.extends.video, mime_type="video/mp4") if order.extends else None,
    )

    def send(lent: Lent | None) -> str:
        client = provider.client(model.provider, lent)
        with provider.one_submit(f"{model.id} (video)"):
            operation = client.models.generate_videos(model=model.id, source=source, config=config)
        if not operation.name:
            raise ReplyLost(f"{model.id} (video): the answer names no operation")
        return operation.name

    return send


def look(model: Model, operation: str, lent: Lent | None) -> Operation:
    client = provider.client(model.provider, lent)
    with provider.free_request(f"{model.id}: looking at {operation}"):
        seen = client.operations.get(types.GenerateVideosOperation.model_validate({"name": operation}))
    if not seen.done:
        return Operation(Progress.RUNNING)
    if seen.error:
        return Operation(Progress.FAILED, reason=str(seen.error.get("message", seen.error)))
    response = seen.response
    video = response.generated_videos[0].video if response and response.generated_videos else None
    if video is None or not video.uri:
        reasons = (response.rai_media_filtered_reasons or []) if response else []
        return Operation(Progress.FILTERED, reason="; ".join(reasons) or "the provider withheld the video")
    return Operation(Progress.READY, video=video.uri)


def found(key: str) -> str | None:
    """Where the clip of a call is whose answer was lost: the model writes under the call's key. None while there is
    none."""
    names = [name for name in storage.names(f"operations/{key}/") if name.endswith(".mp4")]
    return f"gs://{settings().gcs_bucket}/{names[0]}" if names else None


def fetch(model: Model, video: str, lent: Lent | None) -> bytes:
    return storage.get(video.removeprefix(f"gs://{settings().gcs_bucket}/"))


def cancel(model: Model, operation: str, lent: Lent | None) -> bool:
    """The Agent Platform does not stop a Veo operation: its result is collected and its record closed."""
    return False


def _image(picture: Picture | None) -> types.Image | None:
    if picture is None:
        return None
    return types.Image(image_bytes=storage.get(picture.name), mime_type=picture.media_type)
