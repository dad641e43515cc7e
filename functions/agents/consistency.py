"""The consistency judge: how much frames look like the reference photos, by a vision model, with a reason."""

from statistics import fmean

from pydantic import Field

from ugcgen.domain.model import Document
from ugcgen.ledger.account import Account
from ugcgen.models import text
from ugcgen.models.catalog import Model
from ugcgen.models.media import Picture
from ugcgen.models.pricing import JUDGE_FRAME

_TASK = """The pictures labelled as references show the person and the product of an ad. Compare the pictures labelled
"Frame to judge" with them, one by one and in order. person_similarity: 1 is certainly the same person, 0 certainly
another; null if there is no person to compare. product_similarity: 1 is the same product with the same label and
colours, 0 another; null if the product is not to be seen. Give the reason in one sentence."""


class FrameJudgement(Document):
    person_similarity: float | None = Field(default=None, ge=0, le=1)
    product_similarity: float | None = Field(default=None, ge=0, le=1)
    reason: str = ""

    @property
    def score(self) -> float | None:
        """The weaker of the two, since an ad needs both; None where nothing could be compared."""
        known = [value for value in (self.person_similarity, self.product_similarity) if value is not None]
        return min(known) if known else None


class Judgement(Document):
    frames: list[FrameJudgement]

    @property
    def score(self) -> float | None:
        """The mean over the frames that could be compared."""
        known = [frame.score for frame in self.frames if frame.score is not None]
        return fmean(known) if known else None

    @property
    def reason(self) -> str:
        scored = [frame for frame in self.frames if frame.score is not None]
        return min(scored, key=lambda frame: frame.score or 0).reason if scored else "nothing could be compared"


def judge(account: Account, model: Model, references: list[Picture], frames: list[Picture]) -> Judgement:
    """Scores of some frames against the references. Raises what ``text.ask`` raises."""
    shown = [frame.model_copy(update={"label": f"Frame to judge, number {n}"}) for n, frame in enumerate(frames, 1)]
    return text.ask(account, model, JUDGE_FRAME, _TASK, Judgement, [*references, *shown])
