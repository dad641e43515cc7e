"""Judging for the steps that draw and film: which references, by which model, and what if there is no answer."""

from collections.abc import Callable
from typing import Any

from steps.context import StepContext
from ugcgen.cloud.logs import log
from ugcgen.domain.consistency import Expected, FrameEvidence
from ugcgen.domain.errors import ContentFiltered, ModelRejected
from ugcgen.ledger.account import Account
from ugcgen.models.catalog import Model, Role
from ugcgen.models.fallback import through
from ugcgen.models.media import Picture

Judge = Callable[[Account, Model, list[Picture], list[Picture], Expected], list[FrameEvidence]]


def judged(step: StepContext, judge: Judge, prompts: dict[str, Any], frames: list[Picture]) -> list[FrameEvidence]:
    """What the judge says of each frame. An answer that the provider withholds is no evidence, and no reason to lose
    what was made: the frames then stand on what is measured."""
    expected, references = step.expected(prompts), step.judged_against(prompts)

    def by(model: Model) -> list[FrameEvidence]:
        return judge(step.account, model, references, frames, expected)

    try:
        return through(step.models(Role.VISION), by)
    except (ContentFiltered, ModelRejected) as silent:
        log.warning("nobody judges %d frames: %s", len(frames), silent)
        return [FrameEvidence() for _ in frames]
