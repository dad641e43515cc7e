"""The callables of UGCGen over HTTP, and the transfer of photos and results."""

import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import requests
from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import AuthorizedSession
from pydantic import BaseModel
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from ugcgen.domain.brief import Brief, PlannedScene
from ugcgen.domain.job import Job, Quote, SceneView
from ugcgen.domain.money import Micros
from ugcgen_cli.endpoint import Endpoint
from ugcgen_cli.errors import CliError, Refused
from ugcgen_cli.local_file import LocalFile
from ugcgen_cli.models_table import ModelRow

_TIMEOUT_S = (5, 60)
_CHUNK = 1 << 20


class JobAnswer(BaseModel):
    """A job with its scenes; ``media`` has an address to read from for a while for each stored object's name."""

    job: Job
    scenes: list[SceneView]
    media: dict[str, str]
    report: dict[str, Any] | None = None


class Requirement(BaseModel):
    """Something that an ad still wants; without what ``blocks`` nothing is started."""

    sentence: str
    blocks: bool


class QuoteAnswer(BaseModel):
    outline: list[PlannedScene]
    quote: Quote
    seconds: float
    requirements: list[Requirement]


class Started(BaseModel):
    job_id: str
    quoted: Micros
    cap: Micros
    notices: list[str]
    requirements: list[Requirement]


class Edited(BaseModel):
    """The units that run again at most, and the most that they may cost."""

    version: int
    units: list[str]
    cost: Micros


class Client:
    """Calls as the endpoint's user. Every method raises CliError, Refused where the service said no.

    All that is sent may be sent twice, so connections that break are tried again.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self._functions = AuthorizedSession(endpoint.credentials)  # type: ignore[no-untyped-call]
        self._storage = requests.Session()  # its addresses carry their own permission
        retry = Retry(
            3, backoff_factor=0.5, status_forcelist=[502, 503, 504], allowed_methods=None, raise_on_status=False
        )
        for session in (self._functions, self._storage):
            session.trust_env = endpoint.local_data is None  # a proxy for the world knows nothing of this machine
            for scheme in ("http://", "https://"):
                session.mount(scheme, HTTPAdapter(max_retries=retry))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._functions.close()  # type: ignore[no-untyped-call]
        self._storage.close()

    def quote(self, brief: Brief, product_images: int, avatar_images: int) -> QuoteAnswer:
        data = {
            "brief": brief.model_dump(mode="json"),
            "product_images": product_images,
            "avatar_images": avatar_images,
        }
        return QuoteAnswer.model_validate(self.call("quoteGeneration", data), extra="ignore")

    def start(
        self, brief: Brief, products: Sequence[str], avatars: Sequence[str], auto_approve: bool, budget: float | None
    ) -> Started:
        """Start a job with these uploads. The request is named once, so that repeating it starts one job."""
        data = {
            "request_id": uuid.uuid4().hex,
            "brief": brief.model_dump(mode="json"),
            "product_images": list(products),
            "avatar_images": list(avatars),
            "auto_approve": auto_approve,
            "budget_usd": budget,
        }
        return Started.model_validate(self.call("startGeneration", data), extra="ignore")

    def job(self, job_id: str) -> JobAnswer:
        return JobAnswer.model_validate(self.call("getJob", {"job_id": job_id}), extra="ignore")

    def models(self) -> list[ModelRow]:
        return [ModelRow.model_validate(row) for row in self.call("listModels", {})["models"]]

    def approve(self, job_id: str) -> None:
        self.call("decideStoryboard", {"job_id": job_id, "decision": "approve"})

    def retake(self, job_id: str, scenes: Sequence[int], note: str) -> None:
        data = {"job_id": job_id, "decision": "retake", "scenes": list(scenes), "note": note}
        self.call("decideStoryboard", data)

    def choose(self, job_id: str, scene: int, variant: int) -> None:
        """Another variant for a scene; variants are counted from 0, the best first."""
        self.call("decideStoryboard", {"job_id": job_id, "decision": "choose", "chosen": {scene: variant}})

    def cancel(self, job_id: str) -> tuple[str, int]:
        """The job's status after that, and what it has spent in micros."""
        answer = self.call("cancelJob", {"job_id": job_id})
        return str(answer["status"]), int(answer["spent"])

    def edit(self, job_id: str, patch: Mapping[str, Any], preview: bool) -> Edited:
        return Edited.model_validate(
            self.call("editJob", {"job_id": job_id, **patch, "preview": preview}), extra="ignore"
        )

    def delete(self, job_id: str) -> tuple[int, int]:
        """How many stored files were removed, and how many other jobs still use."""
        answer = self.call("deleteJob", {"job_id": job_id})
        return int(answer["removed"]), int(answer["kept"])

    def resume(self, job_id: str, budget: float | None) -> None:
        self.call("resumeJob", {"job_id": job_id, "budget_usd": budget})

    def call(self, name: str, data: Mapping[str, Any]) -> Any:
        """The result of a callable."""
        address = f"{self.endpoint.functions_url}/call/{name}"
        try:
            reply = self._functions.post(address, json={"data": data}, timeout=_TIMEOUT_S)
        except GoogleAuthError as wrong:
            raise CliError(str(wrong.args[0])) from wrong
        except requests.RequestException as wrong:
            self.endpoint.check_up()
            raise CliError(f"{self.endpoint.name} cannot be reached at {address}; try again in a moment") from wrong
        answer = _json(reply)
        if error := answer.get("error"):
            raise Refused(_sentence(name, error), str(error.get("status", "UNKNOWN")))
        if "result" not in answer:
            raise CliError(f"{address} answered {reply.status_code} and not as UGCGen does; check the endpoint")
        return answer["result"]

    def upload(self, file: LocalFile) -> str:
        """Send a file; returns the name of its object."""
        try:
            session = self.call("openUpload", {"media_type": file.media_type, "size": file.size})
        except Refused as refused:
            raise Refused(f"{file.path}: {refused}", refused.status) from refused
        try:
            headers = {"Content-Type": file.media_type}
            reply = self._storage.put(session["url"], data=file.path.read_bytes(), headers=headers, timeout=_TIMEOUT_S)
            reply.raise_for_status()
        except requests.RequestException as wrong:
            raise CliError(f"{file.path} could not be uploaded; try again in a moment") from wrong
        return str(session["object"])

    def download(self, address: str, to: Path) -> None:
        """Read a stored object into a file, which appears only when it is whole."""
        part = to.with_name(f"{to.name}.part")
        try:
            with self._storage.get(address, stream=True, timeout=_TIMEOUT_S) as reply, part.open("wb") as file:
                reply.raise_for_status()
                for chunk in reply.iter_content(_CHUNK):
                    file.write(chunk)
        except requests.RequestException as wrong:
            part.unlink(missing_ok=True)
            raise CliError(f"{to.name} could not be downloaded; try again in a moment") from wrong
        part.replace(to)


def _json(reply: requests.Response) -> dict[str, Any]:
    with suppress(ValueError):
        answer = reply.json()
        if isinstance(answer, dict):
            return answer
    return {}


def _sentence(name: str, error: Mapping[str, Any]) -> str:
    """What the service said; in our words where the platform answered for it with a bare code."""
    match error.get("message") or error.get("status"):
        case "Unauthenticated":
            return "your sign-in was not accepted; sign in again with 'ugcgen login URL'"
        case None | "INTERNAL":
            return f"the service failed in {name}; its log says why. Nothing was lost, try again"
        case message:
            return str(message)
