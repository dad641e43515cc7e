"""The copilot in conversation: what it knows of the ad that is being planned, and how it answers."""

from collections.abc import Generator, Sequence

from agents.copilot import persona
from agents.requirements import Missing, Requirement
from ugcgen.domain.chat import Draft, Turn
from ugcgen.domain.job import Quote
from ugcgen.domain.model import Value
from ugcgen.domain.money import Micros, show
from ugcgen.ledger.account import Account
from ugcgen.models import text
from ugcgen.models.catalog import Model
from ugcgen.models.pricing import CHAT
from ugcgen.models.talk import talk

QUIET_SECONDS = 45.0
"""How long the model may think before its first words, or pause between two."""

_ASIDE = """

Now you talk with the person whose ad it is. Answer in their language, in plain sentences, short unless they ask for
more. You cannot see or change anything but what is told here; never say that a video is being made.

{ad}"""

_ASK = """

They want a video made, but have not yet said clearly what it should tell. Ask for that in one or two questions."""

_FROM_A_CHAT = {Missing.PRODUCT_IMAGES, Missing.AVATAR, Missing.API_KEY}


class Chosen(Value):
    """What is chosen beside the chat: the settings, the person as far as known, and how many photos of each."""

    draft: Draft
    avatar: str = ""
    avatar_images: int = 0
    product_images: int = 0

    @property
    def has_product(self) -> bool:
        return bool(self.draft.product_name and self.product_images)


def reply(
    account: Account, model: Model, chosen: Chosen, conversation: Sequence[Turn], asks_for_a_video: bool
) -> Generator[str | None, None, None]:
    """The copilot's words, as they come; None for each moment without one. Raises as ``talk`` does."""
    ad = {
        "settings": chosen.draft.model_dump(mode="json", exclude_unset=True, exclude={"cut", "scenes"}),
        "person": chosen.avatar or (f"{chosen.avatar_images} photos" if chosen.avatar_images else "nobody chosen yet"),
        "product_photos": chosen.product_images,
    }
    system = persona(chosen.draft.platform) + _ASIDE.format(ad=text.as_prompt_json("ad", ad))
    return talk(account, model, CHAT, conversation, system + (_ASK if asks_for_a_video else ""), QUIET_SECONDS)


def lacking(chosen: Chosen, requirements: Sequence[Requirement]) -> list[str]:
    """A sentence for each thing without which a chat starts no video: a job from here wants a person as well."""
    unnamed = [] if chosen.draft.product_name else ["The product has no name yet; say what it is called."]
    return unnamed + [one.sentence for one in requirements if one.blocks or one.code in _FROM_A_CHAT]


def guidance(sentences: Sequence[str]) -> str:
    """What is missing, as the copilot says it."""
    return "\n".join(["I can make this video as soon as these are settled:", *(f"- {one}" for one in sentences)])


def announcement(quote: Quote, seconds: float, scenes: int, cap: Micros) -> str:
    """What a video is going to cost, said before it is started."""
    parts = [
        f"This ad of {seconds:g} seconds in {scenes} {'scene' if scenes == 1 else 'scenes'} costs {show(quote.low)} to "
        f"{show(quote.total)}, and with every retake never more than {show(cap)}.",
        *quote.notices,
    ]
    return " ".join(parts)
