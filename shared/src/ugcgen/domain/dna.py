"""DNA with a history: what was extracted from photos, what a person corrected, and which version the two make."""

from collections.abc import Mapping
from typing import Any, Generic, Self, TypeVar

from pydantic import Field, ValidationError

from ugcgen.domain.errors import InvalidInput
from ugcgen.domain.model import Document
from ugcgen.domain.patch import laid_over, merged

D = TypeVar("D", bound=Document)
E = TypeVar("E", bound=Document)


class DNARecord(Document, Generic[D, E]):
    """``extracted`` is never edited and ``edits`` are never extracted, so either may come anew without the other.

    ``version`` rises whenever ``current`` becomes another: pictures of one version show the same looks.
    """

    extracted: D
    edits: E
    version: int = Field(default=1, ge=1)

    @property
    def current(self) -> D:
        """The DNA that prompts carry: what was extracted, with the edits over it."""
        return laid_over(self.extracted, self.edits)

    def edited(self, patch: Mapping[str, Any]) -> Self:
        """The record with newer edits, as a JSON merge patch (RFC 7396): None takes an edit back.

        Raises InvalidInput for a field that the DNA does not have, or a value that it cannot take.
        """
        try:
            edits = type(self.edits).model_validate(merged(self.edits.model_dump(exclude_none=True), patch))
            return self._as(edits=edits)
        except ValidationError as wrong:
            raise InvalidInput.of(wrong, "dna") from wrong

    def extracted_again(self, extracted: D) -> Self:
        """The record after another extraction. What a person corrected stays corrected."""
        return self._as(extracted=extracted)

    def _as(self, **changed: Document) -> Self:
        other = self.model_copy(update=changed)
        return other.model_copy(update={"version": self.version + (other.current != self.current)})
