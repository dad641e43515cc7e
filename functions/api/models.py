"""The models: what can be named in a brief, what it costs, and until when."""

from ugcgen.cloud.clock import now
from ugcgen.domain.model import Document
from ugcgen.models.catalog import catalog
from ugcgen.models.overview import ModelFacts, overview


class ListModels(Document):
    pass


class ModelList(Document):
    models: list[ModelFacts]


def list_models(user_id: str, request: ListModels) -> ModelList:
    """Every model of the catalog that is deployed, as it stands today."""
    return ModelList(models=overview(catalog(), now().date()))
