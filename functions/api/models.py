"""The models: what can be named in a brief, what it costs, and until when."""

from api.caller import Caller
from api.operation import Nothing, operation
from ugcgen.cloud.clock import now
from ugcgen.domain.model import Document
from ugcgen.models.catalog import catalog
from ugcgen.models.overview import ModelFacts, overview


class ModelList(Document):
    models: list[ModelFacts]


@operation("GET", "/models")
def list_models(caller: Caller, request: Nothing) -> ModelList:
    """Every model of the catalog that is deployed, as it stands today."""
    return ModelList(models=overview(catalog(), now().date()))
