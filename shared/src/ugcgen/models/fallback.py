"""Falling back: the next model of a chain, only where nothing was begun that might still be charged."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from ugcgen.cloud.logs import log
from ugcgen.domain.errors import ContentFiltered, ModelError, ModelGone, ModelRejected, QuotaExhausted
from ugcgen.models.catalog import Model

T = TypeVar("T")

NOT_BEGUN: tuple[type[ModelError], ...] = (ModelGone, QuotaExhausted)
"""Definite refusals that started nothing and will not pass soon."""

NOT_SPOKEN: tuple[type[ModelError], ...] = (*NOT_BEGUN, ContentFiltered, ModelRejected)
"""Of speech also an answer without sound: its text has to be heard all the same, and another voice is no other ad."""


def through(models: Sequence[Model], make: Callable[[Model], T], after: tuple[type[ModelError], ...] = NOT_BEGUN) -> T:
    """What ``make`` brings with the first model that is not refused in one of the ways of ``after``.

    Everything else is raised as it comes: above all a lost answer, since the model may have been paid for it. Raises
    the last model's refusal where every one refuses.
    """
    *most, last = models
    for place, model in enumerate(most):
        try:
            return make(model)
        except after as refused:
            log.warning("%s takes over from %s: %s", models[place + 1].id, model.id, refused)
    return make(last)
