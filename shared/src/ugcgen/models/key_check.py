"""Whether the provider accepts an API key, asked with a request that costs nothing."""

from google import genai
from google.genai import types
from pydantic import SecretStr

from ugcgen.domain.api_key import without_key
from ugcgen.domain.errors import InvalidInput, KeyRefused, ModelRejected
from ugcgen.models.provider import free_request

TIMEOUT_SECONDS = 15.0


def check_key(key: SecretStr) -> None:
    """List the Gemini API's models with this key.

    Raises InvalidInput where it is refused, TransientModelError where the provider cannot be asked now.
    """
    options = types.HttpOptions(timeout=int(TIMEOUT_SECONDS * 1000), retry_options=types.HttpRetryOptions(attempts=1))
    try:
        with (
            genai.Client(vertexai=False, api_key=key.get_secret_value(), http_options=options) as client,
            free_request("the list of models"),
        ):
            client.models.list(config={"page_size": 1})
    except (ModelRejected, KeyRefused) as refused:
        said = without_key(str(refused), key)
        raise InvalidInput(
            f"the Gemini API does not accept this key ({said}); copy it again from https://aistudio.google.com/apikey",
            field="key",
        ) from None  # the provider's own words may hold the key
