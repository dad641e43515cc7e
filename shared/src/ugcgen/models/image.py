"""Pictures: one call makes one picture from a prompt and labelled references."""

from google.genai import types

from ugcgen.cloud import storage
from ugcgen.cloud.clock import now
from ugcgen.cloud.settings import settings
from ugcgen.domain.call import Artifact
from ugcgen.domain.content_key import content_key
from ugcgen.domain.enums import Quality
from ugcgen.domain.errors import ContentFiltered
from ugcgen.domain.money import Micros, micros
from ugcgen.ledger.account import Account, Answer, Sender
from ugcgen.ledger.keyring import Lent
from ugcgen.ledger.record import Question
from ugcgen.models import pricing, provider
from ugcgen.models.catalog import Model, Role, catalog
from ugcgen.models.media import Picture, labelled_parts
from ugcgen.models.text import finish_reason, refuse_blocked

EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}


def size_for(model: Model, quality: Quality) -> str:
    """The size of a quality, or the nearest the model has."""
    return catalog().tiers[quality][Role.IMAGE].on(model)


def make(
    account: Account, model: Model, prompt: str, references: list[Picture], ratio: str, size: str, seed: int, take: int
) -> Artifact:
    """A picture in Storage. Raises what ``Account.call`` raises."""
    parameters = {"task": "image", "prompt": prompt, "ratio": ratio, "size": size, "seed": seed}
    key = content_key(account.user_id, model.id, parameters, [picture.sha256 for picture in references], take)
    day = now().date()
    price = pricing.picture(model, day, size, len(references))
    question = Question(
        key=key, model=model.id, kind="image", price=price, dear=price >= micros(settings().confirm_from_usd)
    )

    def prepare() -> Sender[Answer]:
        config = types.GenerateContentConfig(
            response_modalities=["IMAGE"],
            image_config=types.ImageConfig(aspect_ratio=ratio, image_size=size),
            seed=seed,
        )
        contents = [types.Content(role="user", parts=[*labelled_parts(references), types.Part.from_text(text=prompt)])]

        def send(lent: Lent | None) -> Answer:
            client = provider.client(model.provider, lent)
            with provider.one_submit(f"{model.id} (image)"):
                response = client.models.generate_content(model=model.id, contents=list(contents), config=config)
            usage = response.usage_metadata
            tokens = usage.prompt_token_count or 0 if usage else 0
            asked = micros(tokens * model.price_on(day).input / 1_000_000)
            data, media_type = _picture_of(response, asked)
            name = storage.artifact_name(account.user_id, key, EXTENSIONS.get(media_type, "png"))
            _, artifact = storage.put_once(name, data, media_type)
            return Answer(cost=asked + micros(model.price_on(day).image[size]), artifacts=[artifact])

        return send

    return account.call(question, prepare).artifacts[0]


def _picture_of(response: types.GenerateContentResponse, cost: Micros) -> tuple[bytes, str]:
    """The picture and its media type. Raises ContentFiltered, which says what asking has cost."""
    refuse_blocked(response, cost)
    for candidate in response.candidates or []:
        for part in (candidate.content.parts if candidate.content else None) or []:
            if part.inline_data and part.inline_data.data:
                return part.inline_data.data, part.inline_data.mime_type or "image/png"
    raise ContentFiltered(f"no picture came back ({finish_reason(response)})", cost)
