"""The matrix: for every boundary the runs that strike it, worked out from the code and from the runs without faults."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tests.chaos.boundaries import Boundary, Kind, boundaries
from tests.chaos.checks import Expected
from tests.chaos.plan import AT_THE_PROVIDER, FITTING, Fault, Side, Strike
from tests.chaos.scenarios import BY_VEO, LEFT, SCENARIOS, SMALL, Scenario
from ugcgen.domain.unit import UnitKey

RESTARTED = ("firestore", "pubsub", "storage", "tasks", "studio", "functions", "postprod")

UNREACHED = {
    "api.deletion:": "deletes a job, which is another operation than making one",
    "api.edits:": "edits a job, which is another operation than making one",
    "api.paging:": "reads lists, and changes nothing",
    "api.progress:": "reads what is shown, and changes nothing",
    "api.webhooks:": "manages webhooks, which is another operation than making a job",
    "api.webhook_store:": "manages webhooks, which is another operation than making a job",
    "api.imports:": "reads a shop's page, which is another operation than making a job",
    "api.answering:": "talks in a chat, which is another operation than making a job",
    "api.reply:": "talks in a chat, which is another operation than making a job",
    "ledger.account:Account._told transaction": "talks in a chat, which is another operation than making a job",
    "models.talk:": "talks in a chat, which is another operation than making a job",
    "api.chats:create_chat write": "the chat is there before its job",
    "api.chats:rename_chat transaction": "manages chats, which is another operation than making a job",
    "api.chats:delete_chat read": "deletes a chat, which is another operation than making a job",
    "api.chats:_part_from_jobs read": "deletes a chat, which is another operation than making a job",
    "api.chats:_part_from_jobs write": "deletes a chat, which is another operation than making a job",
    "api.explore:": "shows a film to everybody, which is another operation than making a job",
    "api.jobs:reopen_job transaction": "reopens a job, which is another operation than making one",
    "api.jobs:_choose transaction": "a small job has one frame of each scene, and none to choose",
    "api.profile:": "says who somebody is, which is another operation than making a job",
    "api.shelf:": "keeps people and products, which is another operation than making a job",
    "api.sounds:": "speaks in the editor, which is another operation than making a job",
    "api.system_avatars:": "keeps the product's own people, whom a small job does not show",
    "api.uploads:check_upload download": "checks a file before any job, which a small job leaves to its start",
    "api.uploads:pin_sound upload": "a small job has photos, and no files of other kinds",
    "api.uploads:pin_table upload": "a small job has photos, and no files of other kinds",
    "api.uploads:pin_video upload": "a small job has photos, and no files of other kinds",
    "api.versions:": "reads lists, and changes nothing",
    "api.library:": "reads lists, and changes nothing",
    "api.small:": "makes small copies of pictures that somebody looks at, which is another operation than making a job",
    "ledger.usage:": "reads lists, and changes nothing",
    "api.deliveries:deliver write": "the webhook takes what it is sent, and is not gone",
    "api.deliveries:line_up_forgotten write": "the webhook is there for as long as the job",
    "api.deliveries:_forget_oldest write": "a small job has fewer events than are kept",
    "api.keys:": "manages keys, which is another operation than making a job",
    "engine.allotment:draw transaction": "a small job's units never need more than they were allotted",
    "ledger.account:Account._known transaction": "the person has no second job that waits for the same call",
    "ledger.allowance:": "pays for work outside jobs",
    "ledger.calls:used_by read": "is asked where a job is deleted",
    "ledger.key_store:": "the only key here is the one of the environment",
    "ledger.keyring:": "the only key here is the one of the environment",
    "models.key_check:": "checks a key, which is another operation than making a job",
    "api.jobs:get_job read": "reads what is shown, and changes nothing",
    "api.jobs:get_job read 2": "reads what is shown, and changes nothing",
    "api.jobs:resume_job wake": "a small job has no unit that failed for good",
    "api.jobs:resume_job transaction 2": "a small job has no unit that failed for good",
    "api.jobs:resume_job transaction 3": "a clip of a draft costs too little for anyone to be asked about",
    "api.jobs:resume_job wake 2": "a clip of a draft costs too little for anyone to be asked about",
    "api.webhook:receive transaction": "a clip of a draft costs too little for anyone to be asked about",
    "steps.cancellation:close transaction": "the person has no second job that waits for the same call",
    "steps.collection:_closed transaction": "a send is given up after ten minutes, longer than any run",
    "steps.mending:": "a film of good clips has nothing to be mended",
    "postprod.units.measure:_pictured upload": "a film of good clips has nothing to be pictured",
    "postprod.units.progress:watch write": "three seconds are rendered before their progress would be shown",
}
"""Boundaries that no small job passes, or whole modules of them, and why."""


def is_excused(boundary: str) -> bool:
    return boundary in UNREACHED or boundary.startswith(tuple(start for start in UNREACHED if start.endswith(":")))


def unstruck(struck: Collection[str]) -> list[str]:
    """The boundaries that should have been struck and are not among these."""
    return [boundary.id for boundary in boundaries() if boundary.id not in struck and not is_excused(boundary.id)]


@dataclass(frozen=True)
class Lead:
    """What has to go wrong first, so that a boundary is passed at all."""

    strikes: tuple[Strike, ...] = ()
    bad_day: tuple[dict[str, Any], ...] = ()
    scenario: Scenario = SMALL


_LOST_WAKE = Lead((Strike("engine.wake:wake publish", "before", Fault.LOST, "script_generation"),))
_UNTRIED = Lead((Strike("api.deliveries:line_up enqueue", "before", Fault.LOST),))
_FAILING = Lead((Strike("postprod.workbench:Workbench.fetch download", "before", Fault.EXCEPTION),))
LEADS = {
    "engine.sweep:_wake_overdue transaction": _LOST_WAKE,
    "engine.sweep:_wake_overdue wake": _LOST_WAKE,
    "engine.claims:settle_transient transaction": _FAILING,
    "api.deliveries:line_up_forgotten read 2": _UNTRIED,
    "ledger.account:Account._held_back transaction": Lead(
        bad_day=({"fault": "rate_limit", "kind": "image", "seconds": 1},)
    ),
    "ledger.account:Account.lose transaction": Lead(bad_day=({"fault": "expired", "kind": "video"},), scenario=BY_VEO),
    "steps.collection:_closed transaction 2": Lead(bad_day=({"fault": "expired", "kind": "video"},), scenario=LEFT),
}


@dataclass(frozen=True)
class Run:
    """One job and what befalls it. ``strikes`` are what the run is for: of one side and one fault. ``packed`` are the
    runs of one strike that it stands for, if it stands for several."""

    scenario: Scenario
    strikes: tuple[Strike, ...]
    lead: Lead = Lead()
    restart: str = ""
    packed: tuple["Run", ...] = ()

    @property
    def id(self) -> str:
        part = f" of {self.restart}" if self.restart else ""
        return f"{self.scenario.name}: {' + '.join(strike.id for strike in self.strikes)}{part}"

    @property
    def boundaries(self) -> tuple[str, ...]:
        return tuple(strike.boundary for strike in self.strikes)

    @property
    def side(self) -> Side:
        return self.strikes[0].side

    @property
    def fault(self) -> Fault:
        return self.strikes[0].fault

    @property
    def bad_day(self) -> list[dict[str, Any]]:
        return [*self.lead.bad_day, *(_rule(strike) for strike in self.strikes if strike.fault in AT_THE_PROVIDER)]


def runs(expected: Mapping[str, Expected]) -> list[Run]:
    """Every run, given what each scenario came to without faults."""
    found = [run for boundary in boundaries() for run in _runs_of(boundary, expected)]
    return [*found, *_in_every_step(expected), *_full_disks(expected), *_restarts()]


def where(boundary: Boundary, expected: Mapping[str, Expected]) -> tuple[Scenario, Lead] | None:
    """The first scenario that passes the boundary, after something else went wrong where it takes that. Without it such
    a boundary may be passed too, by the sweeper of a slow day, but not in every run."""
    if lead := LEADS.get(boundary.id):
        return lead.scenario, lead
    for scenario in SCENARIOS:
        if scenario.name in expected and boundary.id in expected[scenario.name].passed:
            return scenario, Lead()
    return None


def _runs_of(boundary: Boundary, expected: Mapping[str, Expected]) -> Iterator[Run]:
    place = where(boundary, expected)
    if place is None:
        return
    scenario, lead = place
    for side, faults in FITTING[boundary.kind].items():
        for fault in faults:
            yield Run(scenario, (Strike(boundary.id, side, fault),), lead)
    if MEDIA.get(boundary.id) == "video":
        yield Run(scenario, (Strike(boundary.id, "after", Fault.EXPIRED),), lead)


_EVERY_STEP: tuple[tuple[str, Side], ...] = (
    ("engine.claims:claim transaction", "after"),
    ("engine.claims:settle transaction", "after"),
    ("engine.advance:advance transaction", "after"),
)


def _in_every_step(expected: Mapping[str, Expected]) -> Iterator[Run]:
    """The worker killed between the engine's moves in each step, whatever its work is."""
    for boundary, side in _EVERY_STEP:
        steps = dict.fromkeys(UnitKey.parse(unit).step for unit in expected[SMALL.name].passed[boundary] if unit)
        for step in list(steps)[1:]:  # in the first it is killed anyway
            yield Run(SMALL, (Strike(boundary, side, Fault.KILL, str(step)),))


def _full_disks(expected: Mapping[str, Expected]) -> Iterator[Run]:
    """Post-production at each of its units without room to write in."""
    for boundary in boundaries():
        if boundary.kind is Kind.HANDLING and boundary.module.startswith("postprod."):
            for unit in dict.fromkeys(expected[SMALL.name].passed[boundary.id]):
                yield Run(SMALL, (Strike(boundary.id, "before", Fault.FULL_DISK, unit),))


def _restarts() -> Iterator[Run]:
    settled = Strike("engine.claims:settle transaction", "before", Fault.RESTART)
    for part in RESTARTED:
        for unit in ("storyboard-01", "audio_generation-01"):
            yield Run(SMALL, (replace(settled, unit=unit),), restart=part)


def _rule(strike: Strike) -> dict[str, Any]:
    """What the studio is asked for, to have the provider's fault strike the calls of a boundary."""
    rule = {"fault": str(strike.fault), "kind": MEDIA[strike.boundary]}
    return rule | {"times": 4, "seconds": 1} if strike.fault is Fault.RATE_LIMIT else rule


MEDIA = {
    "models.text:_ask_once paid_call": "text",
    "models.image:make paid_call": "image",
    "models.speech:speak paid_call": "speech",
    "models.cloud_speech:speak paid_call": "speech",
    "models.interactions:prepare paid_call": "video",
    "models.agent_platform:prepare paid_call": "video",
}
"""What is paid for at each boundary where that is done: by it the studio knows which calls to strike."""
