"""A person who uses the product: signed in, and able to do just what a client can."""

import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import requests

from infra.local.auth import unsigned_token
from tests.e2e.briefs import AVATAR, PRODUCT
from ugcgen.domain.job import Job

TIMEOUT_S = 60


class Refused(Exception):
    """A callable said no: the HTTP code, its status as callables write it, its sentence, and the field to blame."""

    def __init__(self, code: int, error: dict[str, Any]) -> None:
        super().__init__(error["message"])
        self.code = code
        self.status: str = error["status"]
        self.field: str | None = (error.get("details") or {}).get("field")


def call(functions_url: str, name: str, data: dict[str, Any], token: str | None) -> dict[str, Any]:
    """The result of a callable. Raises Refused."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    reply = requests.post(f"{functions_url}/call/{name}", json={"data": data}, headers=headers, timeout=TIMEOUT_S)
    body: dict[str, Any] = reply.json()
    if "error" in body:
        raise Refused(reply.status_code, body["error"])
    result: dict[str, Any] = body["result"]
    return result


class Person:
    """Signed in under a user id of their own, so that nothing made for another is theirs."""

    def __init__(self, functions_url: str, project: str) -> None:
        self.user_id = f"user-{uuid.uuid4().hex[:12]}"
        self._functions_url = functions_url
        self._token = unsigned_token(self.user_id, project)
        self._uploaded: dict[Path, str] = {}

    def call(self, name: str, **data: Any) -> dict[str, Any]:
        """The result of a callable. Raises Refused."""
        return call(self._functions_url, name, data, self._token)

    def upload(self, data: bytes, media_type: str = "image/jpeg") -> str:
        """The object name of bytes that were sent to an upload session."""
        session = self.call("openUpload", media_type=media_type, size=len(data))
        requests.put(
            session["url"], data=data, headers={"Content-Type": media_type}, timeout=TIMEOUT_S
        ).raise_for_status()
        return str(session["object"])

    def start(
        self,
        brief: dict[str, Any],
        product: Sequence[Path] = PRODUCT,
        avatar: Sequence[Path] = AVATAR,
        **wishes: Any,
    ) -> str:
        """The id of a job that was started, approved in advance unless ``auto_approve`` says otherwise."""
        asked = {"request_id": uuid.uuid4().hex, "auto_approve": True} | wishes
        started = self.call(
            "startGeneration",
            brief=brief,
            product_images=[self._photo(path) for path in product],
            avatar_images=[self._photo(path) for path in avatar],
            **asked,
        )
        return str(started["job_id"])

    def job(self, job_id: str) -> Job:
        return Job.model_validate(self.call("getJob", job_id=job_id)["job"])

    def report(self, job_id: str) -> dict[str, Any]:
        """The report of a completed job."""
        report: dict[str, Any] = self.call("getJob", job_id=job_id)["report"]
        return report

    def film(self, job_id: str) -> bytes:
        """The finished file, from the address that the client is given."""
        answer = self.call("getJob", job_id=job_id)
        reply = requests.get(answer["media"][answer["job"]["final_video_url"]], timeout=TIMEOUT_S)
        reply.raise_for_status()
        return reply.content

    def _photo(self, path: Path) -> str:
        if path not in self._uploaded:
            self._uploaded[path] = self.upload(path.read_bytes())
        return self._uploaded[path]
