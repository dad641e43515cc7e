"""The settings of every service, read from the environment; ``.env.example`` lists them all.

Nothing here says whether the cloud is real: Google's own emulator variables do, and production refuses them.
"""

import os
from functools import cache

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from ugcgen.domain.errors import ConfigurationError

EMULATOR_VARIABLES = (
    "FIRESTORE_EMULATOR_HOST",
    "PUBSUB_EMULATOR_HOST",
    "STORAGE_EMULATOR_HOST",
    "FIREBASE_AUTH_EMULATOR_HOST",
    "CLOUD_TASKS_EMULATOR_HOST",
    "GOOGLE_GEMINI_BASE_URL",
)


class Settings(BaseSettings):
    """Each field is an environment variable of the same name in capitals."""

    model_config = SettingsConfigDict(env_file=None, extra="ignore", frozen=True)

    google_cloud_project: str = Field("ugcgen-project", description="Project of Firestore, Pub/Sub and Cloud Tasks")
    gcs_project_id: str = Field("ugcgen-project", description="Project that owns the media bucket")
    gcs_bucket: str = Field("ugcgen-assets", description="Bucket for uploads and artifacts")
    gcs_credentials_path: str | None = Field(None, description="Service account file that signs media addresses")
    tasks_location: str = Field("us-central1", description="Region of the Cloud Tasks queues")
    functions_url: str = Field("http://localhost:8000", description="Base address of the functions: {base}/{name}")
    postprod_url: str = Field("http://localhost:8080", description="Address of the post-production service")
    invoker_service_account: str | None = Field(
        None, description="Service account whose identity Cloud Tasks shows to the services"
    )
    frontend_url: str = Field("http://localhost:3000", description="Address of the web client, allowed by CORS")
    allowed_private_hosts: str | None = Field(
        None, description="host:port, with commas, that users' addresses may name though not public; not in production"
    )
    require_app_check: bool = Field(
        False, description="Answer only calls that show by App Check that they come from an app of ours"
    )
    gemini_api_key: SecretStr | None = Field(None, description="Key of the Gemini API; a user's own key wins over it")
    agent_platform_location: str = Field("global", description="Location of models on the Agent Platform")
    webhook_secret: SecretStr | None = Field(
        None, description="Secret that signs the model provider's webhooks; without it operations are only polled"
    )
    api_key_encryption_secret: SecretStr | None = Field(
        None, description="32 bytes as hex that encrypt stored API keys; of several, with commas, the first encrypts"
    )
    api_key_encryption_secret_name: str | None = Field(
        None, description="Secret of Secret Manager with such keys, projects/P/secrets/S; its newest version encrypts"
    )
    c2pa_certificate: str | None = Field(
        None, description="PEM chain that content credentials are signed with, the signer's own certificate first"
    )
    c2pa_private_key: SecretStr | None = Field(None, description="PEM private key of that certificate")
    c2pa_trust_anchors: str | None = Field(
        None, description="PEM root certificates that a signed file is checked against before it is handed over"
    )
    c2pa_timestamp_url: str | None = Field(
        None, description="RFC 3161 authority that says when a file was signed, so that it holds longer"
    )
    consistency_model: str = Field("gemini-3.5-flash-lite", description="Vision model that scores consistency")
    consistency_threshold: float = Field(0.75, ge=0, le=1, description="Score below which a storyboard frame is redone")
    consistency_video_threshold: float = Field(0.65, ge=0, le=1, description="Score below which a clip is filmed again")
    consistency_frame_sample_rate: float = Field(1, gt=0, description="Frames per second sampled from a clip")
    confirm_from_usd: float = Field(
        0.25, ge=0, description="Price from which a person is asked before a call of unknown outcome is repeated"
    )
    daily_budget_usd: float = Field(
        2, ge=0, description="What a user may spend a day outside jobs: chat, the study of photos, briefs"
    )
    reads_per_minute: int = Field(600, gt=0, description="Requests a minute of one user that only read")
    changes_per_minute: int = Field(120, gt=0, description="Requests a minute of one user that change something")
    starts_per_minute: int = Field(30, gt=0, description="Requests a minute of one user that start paid or heavy work")
    jobs_per_day: int = Field(50, ge=0, description="Jobs that a user may start a day, from midnight UTC")
    jobs_at_once: int = Field(10, ge=0, description="Jobs of a user that may be at work at the same time")
    jobs_budget_usd: float = Field(
        200, ge=0, description="What the jobs that a user starts on one day may cost together, by their caps"
    )
    lost_after_seconds: float = Field(
        600, ge=0, description="How long a webhook may still name the operation of a submit whose answer was lost"
    )
    lease_seconds: float = Field(60, gt=0, description="How long a worker holds a unit without a sign of life")
    sweep_after_seconds: float = Field(60, ge=0, description="How long a unit may stand still before it is woken")
    app_version: str = Field("0.1.0", description="Version shown by /health")
    debug: bool = Field(False, description="Log at debug level")


@cache
def settings() -> Settings:
    """The settings of this process, read once. Raises ConfigurationError for emulator variables in production."""
    if os.environ.get("K_SERVICE"):
        found = [name for name in (*EMULATOR_VARIABLES, "ALLOWED_PRIVATE_HOSTS") if os.environ.get(name)]
        if found:
            raise ConfigurationError(
                f"{', '.join(found)} must not be set in production: it would send data and money to an emulator, "
                "accept unsigned sign-ins, and let users reach our network. Remove it from the service's environment"
            )
    return Settings()


def is_simulated() -> bool:
    """Whether money spent on models is play money: calls go to an address that is not Google's."""
    return bool(os.environ.get("GOOGLE_GEMINI_BASE_URL"))
