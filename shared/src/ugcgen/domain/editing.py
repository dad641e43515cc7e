"""Editor documents: a cut that somebody works on beside the job, until it is compiled into it."""

from datetime import datetime

from pydantic import Field

from ugcgen.domain.cut import Cut
from ugcgen.domain.model import Document


class EditDocument(Document):
    """``edits/{id}``. ``version`` rises with every change; ``compiled`` is the one that the job was last given."""

    id: str
    user_id: str
    job_id: str
    title: str
    cut: Cut
    version: int = Field(default=1, ge=1)
    compiled: int | None = None
    created_at: datetime
    updated_at: datetime
