"""What is checked after a run, as pure functions of what is left of it: nothing lost, nothing paid twice."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.e2e.studio import Bill
from ugcgen.domain.call import CallRecord
from ugcgen.domain.enums import CallState, JobStatus, Milestone
from ugcgen.domain.job import Job

Hit = dict[str, Any]
Call = dict[str, Any]
Place = tuple[str, str, str]
"""A boundary, the side of it, and the unit that was there, or "" for whoever was there first."""


@dataclass(frozen=True)
class Expected:
    """A run without faults: what was paid for, the sha256 of everything that was made, by unit and place, the
    boundaries it passed with the units that did, and those that let a send go. ``sending`` are the places at which the
    one who came there had a send under way, ``beside`` those at which anybody had."""

    bill: Bill
    artifacts: dict[str, str]
    passed: dict[str, list[str]]
    asking: frozenset[str]
    sending: frozenset[Place] = frozenset()
    beside: frozenset[Place] = frozenset()


@dataclass(frozen=True)
class Told:
    """What others were told of some jobs: ``events`` are the stored ones, the job and the milestone by id; ``arrived``
    the ids that their webhooks were sent, once for each time; ``lines`` what the chat of each job says."""

    events: dict[str, tuple[str, str]]
    arrived: list[str]
    lines: dict[str, list[str]]


@dataclass(frozen=True)
class Found:
    """What one run came to. ``unconfirmed`` are calls that the ledger names as lost and counts as spent, ``repeats``
    further sends that it names; both are right where a submit was interrupted, and nowhere else. ``untold`` is what
    never reached a webhook or a chat, ``told_twice`` what reached them as if it had happened twice."""

    lost: int
    paid_twice: int
    orphans: int
    mismatched_artifacts: int
    miscounted: int
    over_cap: int
    unconfirmed: int
    repeats: int
    interrupted: int
    untold: int = 0
    told_twice: int = 0
    notes: tuple[str, ...] = field(default=())

    @property
    def ok(self) -> bool:
        work = (self.lost, self.orphans, self.mismatched_artifacts)
        money = (self.paid_twice, self.miscounted, self.over_cap)
        return not any((*work, *money, self.untold, self.told_twice))


def judge(
    jobs: list[Job],
    ends: JobStatus,
    records: list[CallRecord],
    calls: list[Call],
    hits: list[Hit],
    artifacts: list[dict[str, str]],  # of the jobs that were completed
    told: Told,
    expected: Expected,
    provider_was_away: bool = False,
) -> Found:
    """Hold a run against the one without faults. ``records`` are the ledger's, ``calls`` the studio's.

    What was sent while the provider was away never came, and nobody could tell.
    """
    notes: list[str] = []
    lost = [job for job in jobs if job.status is not ends]
    notes += [f"{job.id} is {job.status}: {job.error_message or job.message}" for job in lost]
    accepted = _bill(call for call in calls if call["accepted"])
    refused = _bill(call for call in calls if not call["accepted"])
    said = Counter[tuple[str, str]]()
    for record in records:
        said[record.model, record.kind] += record.sends
    named = said - refused
    needed: Bill = Counter({key: count * len(jobs) for key, count in expected.bill.items()})
    interrupted = interruptions(hits, expected.asking) + sum(call["fault"] in {"lost_reply", "error"} for call in calls)

    never_arrived = sum((named - accepted).values())
    if provider_was_away:
        interrupted += never_arrived
    unnamed = accepted - named
    repeats = sum((named - needed).values())
    notes += [f"the studio took {n} of {key} that the ledger does not name" for key, n in unnamed.items()]
    if repeats > interrupted:
        notes.append(f"{dict(named - needed)} sent again, with {interrupted} submits interrupted")
    if never_arrived > interrupted:
        notes.append(f"the ledger names {dict(named - accepted)} that never came, with {interrupted} interrupted")

    orphans = [
        call["id"] for call in calls if call["accepted"] and call["kind"] == "video" and not _named(call, records)
    ]
    notes += [f"operation {orphan} is named by no closed record" for orphan in orphans]
    differing = [_differing(made, expected.artifacts) for made in artifacts]
    notes += [f"other bytes at {', '.join(places)}" for places in differing if places]
    over = [job for job in jobs if job.money.spent > job.money.cap]
    notes += [f"{job.id} spent {job.money.spent} of {job.money.cap}" for job in over]
    missing, surplus = _untold(jobs, told), _told_twice(jobs, told)
    notes += [f"nobody was told: {what}" for what in missing] + [f"told as new: {what}" for what in surplus]
    return Found(
        lost=len(lost),
        paid_twice=sum(unnamed.values()) + max(0, repeats - interrupted),
        orphans=len(orphans),
        mismatched_artifacts=sum(map(len, differing)),
        miscounted=max(0, never_arrived - interrupted),
        over_cap=len(over),
        unconfirmed=sum(record.state is CallState.UNCONFIRMED for record in records),
        repeats=repeats,
        interrupted=interrupted,
        untold=len(missing),
        told_twice=len(surplus),
        notes=tuple(notes),
    )


_ENDING = {JobStatus.COMPLETED: Milestone.JOB_COMPLETED, JobStatus.CANCELLED: Milestone.JOB_CANCELLED}
_SAID = {
    JobStatus.COMPLETED: (
        "The script is written",
        "The storyboard is drawn",
        "The clips are filmed",
        "The voice is spoken",
        "The video is finished",
    ),
    JobStatus.CANCELLED: ("The video was cancelled",),
}
"""What the chat of a job that ended so has to say, in words that begin a line."""


def _untold(jobs: list[Job], told: Told) -> list[str]:
    endings = Counter(told.events.values())
    sent = [f"event {event}" for event in told.events.keys() - set(told.arrived)]
    ended = [f"{job.id} is {job.status}" for job in jobs if job.status in _ENDING and not endings[_ending(job)]]
    said = [f"{job.id}: {line}" for job in jobs for line in _SAID.get(job.status, ()) if not _times(line, job, told)]
    return [*sent, *ended, *said]


def _told_twice(jobs: list[Job], told: Told) -> list[str]:
    """A delivery may come again under its id, which tells nothing new; another id would."""
    endings = Counter(told.events.values())
    made_up = [f"event {event}" for event in set(told.arrived) - told.events.keys()]
    ended = [f"{job.id} is {job.status}" for job in jobs if endings[_ending(job)] > 1]
    said = [f"{job.id}: {line}" for job in jobs for line in _SAID.get(job.status, ()) if _times(line, job, told) > 1]
    return [*made_up, *ended, *said]


def _ending(job: Job) -> tuple[str, str]:
    return job.id, _ENDING.get(job.status, "")


def _times(line: str, job: Job, told: Told) -> int:
    return sum(said.startswith(line) for said in told.lines[job.id])


def askers(hits: Iterable[Hit]) -> frozenset[str]:
    """The transactions that let a send go, as a run without faults shows them: the last ones before a paid call."""
    last: dict[tuple[str, str], str] = {}
    found = set()
    for hit in hits:
        if _in_ledger(hit):
            last[_worker(hit)] = hit["boundary"]
        elif " paid_call" in hit["boundary"] and hit["side"] == "before":
            found.add(last[_worker(hit)])
    return frozenset(found)


class _Sends:
    """Follows the hits of a run: whose sends are between the ledger's word that they may go and its word on what they
    came to, and how many were cut off there."""

    def __init__(self, asking: frozenset[str]) -> None:
        self.under_way: set[tuple[str, str]] = set()
        self.cut_off = 0
        self._asking = asking
        self._sent: set[tuple[str, str]] = set()

    def see(self, hit: Hit) -> None:
        worker, before = _worker(hit), hit["side"] == "before"
        if hit["boundary"] in self._asking:
            if before:
                self.cut_off += worker in self.under_way
                self._end(worker)
            else:
                self.under_way.add(worker)
        elif " paid_call" in hit["boundary"] and before:
            self.under_way.add(worker)
            self._sent.add(worker)
        elif _in_ledger(hit) and not before and worker in self._sent:
            self._end(worker)

    def _end(self, worker: tuple[str, str]) -> None:
        self.under_way.discard(worker)
        self._sent.discard(worker)


def interruptions(hits: Iterable[Hit], asking: frozenset[str]) -> int:
    """How many sends were cut off. Where the ledger has to say first that an earlier send is lost, that counts again:
    this is an upper bound."""
    sends = _Sends(asking)
    for hit in hits:
        sends.see(hit)
    return sends.cut_off + len(sends.under_way)


def amid_sends(hits: Iterable[Hit], asking: frozenset[str]) -> tuple[frozenset[Place], frozenset[Place]]:
    """The places at which the first who came there had a send under way, and those at which anybody had."""
    sends = _Sends(asking)
    seen: set[Place] = set()
    own: set[Place] = set()
    anybodys: set[Place] = set()
    for hit in hits:
        sends.see(hit)
        for unit in {hit.get("unit", ""), ""}:
            place = hit["boundary"], hit["side"], unit
            if place in seen:
                continue
            seen.add(place)
            if _worker(hit) in sends.under_way:
                own.add(place)
            if sends.under_way:
                anybodys.add(place)
    return frozenset(own), frozenset(anybodys)


def _worker(hit: Hit) -> tuple[str, str]:
    return hit.get("job", ""), hit.get("unit", "")


def _in_ledger(hit: Hit) -> bool:
    return hit["boundary"].startswith("ledger.") and " transaction" in hit["boundary"]


def _bill(calls: Iterable[Call]) -> Bill:
    return Counter((call["model"], call["kind"]) for call in calls)


def _named(call: Call, records: Iterable[CallRecord]) -> bool:
    """Whether a closed record names the call's operation, or where its result was found; or one that is given up."""
    return any(
        (record.state.is_final or record.state is CallState.UNCONFIRMED)
        and call["id"] in f"{record.operation} {record.answer.get('video')}"
        for record in records
    )


def _differing(made: dict[str, str], wanted: dict[str, str]) -> list[str]:
    return sorted(place for place in made.keys() | wanted.keys() if made.get(place) != wanted.get(place))
