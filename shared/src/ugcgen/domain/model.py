"""The base of every document: one place for what is allowed in a field."""

from pydantic import BaseModel, ConfigDict


class Document(BaseModel):
    """A model that refuses unknown fields, so that a typo in a brief or a request is told and not ignored."""

    model_config = ConfigDict(extra="forbid", validate_assignment=True, use_enum_values=False)


class Value(BaseModel):
    """An immutable model: parts of documents and arguments of pure functions."""

    model_config = ConfigDict(extra="forbid", frozen=True)
