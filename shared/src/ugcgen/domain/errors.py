"""The errors of UGCGen: one small hierarchy. Every message says what was wrong, where, and what to do."""

from datetime import datetime
from typing import Self

from pydantic import ValidationError


class UgcgenError(Exception):
    """The root. ``code`` is the status that a caller of the API sees (the names of google.rpc.Code, lower case)."""

    code = "internal"


class InvalidInput(UgcgenError):
    """Something the caller sent cannot be used. ``field`` names it where one field is to blame."""

    code = "invalid_argument"

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field

    @classmethod
    def of(cls, wrong: ValidationError, *inside: str) -> Self:
        """The first complaint of pydantic as one sentence that names the field, itself inside of others."""
        complaint = wrong.errors(include_url=False)[0]
        field = ".".join([*inside, *(str(part) for part in complaint["loc"])])
        others = f" ({wrong.error_count() - 1} more)" if wrong.error_count() > 1 else ""
        sentence = complaint["msg"].removeprefix("Value error, ")
        return cls(f"{field}: {sentence}{others}" if field else sentence, field or None)


class NotFound(UgcgenError):
    """The document does not exist, or belongs to someone else."""

    code = "not_found"


class NotSignedIn(UgcgenError):
    """The caller has to sign in first."""

    code = "unauthenticated"


class NotAllowed(UgcgenError):
    """The caller is signed in and may not do this."""

    code = "permission_denied"


class WrongState(UgcgenError):
    """The job is not in a state in which this can be done."""

    code = "failed_precondition"


class NotReady(UgcgenError):
    """Something is missing that nothing can be made without. ``field`` names the first such thing."""

    code = "failed_precondition"

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


class OverBudget(UgcgenError):
    """Paying ``needed`` more micros for this would pass what the unit was allotted."""

    code = "resource_exhausted"

    def __init__(self, message: str, needed: int) -> None:
        super().__init__(message)
        self.needed = needed


class LimitReached(UgcgenError):
    """The user has reached a limit of the service, and may come back in ``retry_after`` seconds."""

    code = "resource_exhausted"

    def __init__(self, message: str, retry_after: float) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class CallPending(UgcgenError):
    """The call has no result yet: an operation runs, a provider asked to come back, or another job is making it."""

    code = "unavailable"

    def __init__(self, message: str, call: str, due_at: datetime) -> None:
        super().__init__(message)
        self.call = call
        self.due_at = due_at


class CallUnconfirmed(UgcgenError):
    """A call was sent and its answer lost. Cheap work takes a new take by itself; dear work asks a person."""

    code = "failed_precondition"

    def __init__(self, message: str, call: str, price: int, dear: bool, sent_at: datetime) -> None:
        super().__init__(message)
        self.call = call
        self.price = price
        self.dear = dear
        self.sent_at = sent_at


class ConfigurationError(UgcgenError):
    """The service is set up wrongly: a missing variable, or an emulator variable in production."""

    code = "failed_precondition"


class SecretDamaged(UgcgenError):
    """A stored secret does not open: it was changed, or belongs to another document than the one it was found for."""

    code = "data_loss"


class LeaseHeld(UgcgenError):
    """Another worker holds the unit. Raised so that the message is delivered again later."""

    code = "aborted"


class LostUnit(UgcgenError):
    """The worker's lease or run is no longer the unit's: its outcome must not be written."""

    code = "aborted"


class Contended(UgcgenError):
    """Too many writers wanted one document at once."""

    code = "aborted"


class ModelError(UgcgenError):
    """The root of what a model provider can answer."""


class TransientModelError(ModelError):
    """A cheap call failed in a way that passes (5xx, timeout). May be repeated."""

    code = "unavailable"


class OperationNotFound(TransientModelError):
    """The provider does not know the operation: not yet, or no longer."""


class ModelRefusedToStart(ModelError):
    """The provider said definitely that it did not start (429, or another 4xx that says later)."""

    code = "resource_exhausted"

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class RateLimited(ModelRefusedToStart):
    """Too many calls with this key: another key may be used at once."""


class QuotaExhausted(ModelRefusedToStart):
    """No quota or no credit is left for this call until ``until``, as far as is known. Nothing was started."""

    def __init__(self, message: str, until: datetime, no_credit: bool = False) -> None:
        super().__init__(message)
        self.until = until
        self.no_credit = no_credit


class KeyRefused(ModelError):
    """The provider does not accept the API key (401, 403, an invalid key). Nothing was started."""

    code = "permission_denied"


class ModelRejected(ModelError):
    """The request itself is wrong (4xx): repeating it cannot help."""

    code = "invalid_argument"


class ModelGone(ModelRejected):
    """The model is not served (any more). Nothing was started, so another model may be asked."""

    code = "not_found"


class ReplyLost(ModelError):
    """A submit got no usable answer: it may or may not have been accepted and charged."""

    code = "unknown"


class ContentFiltered(ModelError):
    """The provider ran and withheld the result; the message carries its reason, ``cost`` what it charged all the same
    (micros)."""

    code = "failed_precondition"

    def __init__(self, message: str, cost: int = 0) -> None:
        super().__init__(message)
        self.cost = cost


class MediaError(UgcgenError):
    """A media file cannot be read, or rendering failed."""

    code = "invalid_argument"
