"""Where the engine's documents are, and reading them."""

from collections.abc import Iterable
from typing import Any

from google.cloud.firestore import DocumentReference

from ugcgen.cloud import firestore
from ugcgen.cloud.firestore import READ_TIMEOUT
from ugcgen.domain.errors import NotFound
from ugcgen.domain.job import Job
from ugcgen.domain.unit import Unit


def job_ref(job_id: str) -> DocumentReference:
    reference: DocumentReference = firestore.client().collection("jobs").document(job_id)
    return reference


def unit_ref(job_id: str, unit_id: str) -> DocumentReference:
    reference: DocumentReference = job_ref(job_id).collection("units").document(unit_id)
    return reference


def chat_ref(chat_id: str) -> DocumentReference:
    reference: DocumentReference = firestore.client().collection("chats").document(chat_id)
    return reference


def message_ref(chat_id: str, message_id: str) -> DocumentReference:
    reference: DocumentReference = chat_ref(chat_id).collection("messages").document(message_id)
    return reference


def scene_ref(job_id: str, scene: int) -> DocumentReference:
    reference: DocumentReference = job_ref(job_id).collection("scenes").document(f"{scene:02d}")
    return reference


def read_job(job_id: str) -> Job:
    """The job. Raises NotFound."""
    job = firestore.from_snapshot(Job, job_ref(job_id).get(timeout=READ_TIMEOUT))
    if job is None:
        raise NotFound(f"there is no job {job_id}")
    return job


def read_unit(job_id: str, unit_id: str) -> Unit | None:
    return firestore.from_snapshot(Unit, unit_ref(job_id, unit_id).get(timeout=READ_TIMEOUT))


def read_units(job_id: str) -> dict[str, Unit]:
    """Every unit of a job, by id."""
    snapshots = job_ref(job_id).collection("units").stream(timeout=READ_TIMEOUT)
    units = (Unit.model_validate(snapshot.to_dict()) for snapshot in snapshots)
    return {unit.id: unit for unit in units}


def read_results(job_id: str, unit_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The results of some units of a job, by unit id; units that do not exist are left out."""
    wanted = [unit_ref(job_id, unit_id) for unit_id in unit_ids]
    found = firestore.client().get_all(wanted, timeout=READ_TIMEOUT) if wanted else ()
    return {snapshot.id: snapshot.get("result") or {} for snapshot in found if snapshot.exists}
