"""What shares a job, and what is struck alone."""

from collections import Counter
from collections.abc import Iterable

from tests.chaos.boundaries import boundaries
from tests.chaos.checks import Expected, Place
from tests.chaos.matrix import LEADS, Run, where
from tests.chaos.packing import AT_MOST, packed
from tests.chaos.plan import Fault, Side, Strike
from tests.chaos.scenarios import BY_VEO, SMALL, Scenario

UNITS = ["storyboard-01", "storyboard-02", "audio_generation-01", "complete"]
PLACES = [f"engine.place{number}:do transaction" for number in range(8)]


def passing(
    boundaries: Iterable[str], units: list[str], sending: Iterable[Place] = (), beside: Iterable[Place] = ()
) -> Expected:
    """A job whose units pass these boundaries."""
    return Expected(Counter(), {}, dict.fromkeys(boundaries, units), frozenset(), frozenset(sending), frozenset(beside))


EXPECTED = {SMALL.name: passing(PLACES, UNITS), BY_VEO.name: passing(PLACES, UNITS)}


def run(
    boundary: str, fault: Fault = Fault.EXCEPTION, side: Side = "before", scenario: Scenario = SMALL, unit: str = ""
) -> Run:
    return Run(scenario, (Strike(boundary, side, fault, unit),))


def test_a_boundary_passed_by_chance_is_struck_where_it_is_sure_to_be_passed() -> None:
    swept = next(boundary for boundary in boundaries() if boundary.id == "engine.sweep:_wake_overdue transaction")
    assert where(swept, {SMALL.name: passing([swept.id], [""])}) == (SMALL, LEADS[swept.id])


def test_no_strike_is_left_out_and_each_step_of_a_job_is_struck_once() -> None:
    runs = [run(place) for place in PLACES]

    packs = packed(runs, EXPECTED)

    assert sorted(boundary for pack in packs for boundary in pack.boundaries) == PLACES
    in_each = ["storyboard-01", "audio_generation-01", "complete"]
    assert [[strike.unit for strike in pack.strikes] for pack in packs[:2]] == [in_each, in_each]
    assert [single for pack in packs for single in pack.packed] == runs


def test_boundaries_that_no_unit_passes_share_a_job_up_to_the_limit() -> None:
    expected = {SMALL.name: passing(PLACES, [""])}

    packs = packed([run(place) for place in PLACES], expected)

    assert [len(pack.strikes) for pack in packs] == [AT_MOST, len(PLACES) - AT_MOST]


def test_other_faults_sides_and_scenarios_are_other_jobs() -> None:
    runs = [
        run(PLACES[0]),
        run(PLACES[1], fault=Fault.DELAY),
        run(PLACES[2], side="after"),
        run(PLACES[3], scenario=BY_VEO),
    ]

    packs = packed(runs, EXPECTED)

    assert [pack.boundaries for pack in packs] == [one.boundaries for one in runs]


def test_a_strike_where_any_of_its_units_has_a_send_under_way_is_alone() -> None:
    amid, after_it = PLACES[:2]
    expected = {SMALL.name: passing(PLACES, UNITS, sending=[(amid, "before", UNITS[1]), (after_it, "after", UNITS[0])])}
    alone = [run(amid), run(amid, fault=Fault.KILL), run(amid, fault=Fault.DELAY), run(after_it, side="after")]
    company = [run(place) for place in PLACES[2:4]]

    assert packed([*alone, *company], expected)[:-1] == alone
    assert packed([run(amid, side="after"), run(PLACES[2], side="after")], expected)[0].boundaries == (amid, PLACES[2])


def test_a_conflict_comes_after_its_own_commit() -> None:
    expected = {SMALL.name: passing(PLACES, UNITS, sending=[(PLACES[0], "after", UNITS[0])])}
    runs = [run(place, fault=Fault.CONFLICT) for place in PLACES[:2]]

    assert packed(runs, expected) == runs


def test_a_kill_is_in_company_only_where_nobody_has_a_send_under_way() -> None:
    beside = [(place, "before", unit) for place in PLACES for unit in UNITS[:2]]
    expected = {SMALL.name: passing(PLACES, UNITS, beside=beside)}
    while_drawn = run(PLACES[2], fault=Fault.KILL, unit="storyboard")

    packs = packed([*(run(place, fault=Fault.KILL) for place in PLACES[:2]), while_drawn], expected)

    assert packs[0] == while_drawn
    assert [strike.unit for strike in packs[1].strikes] == UNITS[2:]
    exceptions = packed([run(place) for place in PLACES[:2]], expected)
    assert [strike.unit for strike in exceptions[0].strikes] == [UNITS[0], UNITS[2]]


def test_a_kill_keeps_away_from_steps_whose_other_units_send() -> None:
    drawing = [("models.image:make paid_call", "before", unit) for unit in UNITS[:2]]
    expected = {SMALL.name: passing(PLACES, UNITS, sending=drawing)}

    [pack] = packed([run(place, fault=Fault.KILL) for place in PLACES[:3]], expected)

    assert [strike.unit for strike in pack.strikes] == ["audio_generation-01", "complete", "storyboard-01"]


def test_kills_of_post_production_interrupt_no_paid_call_and_share_a_job() -> None:
    places = ["postprod.units.files:make upload", "postprod.app:create_app handling"]
    expected = {SMALL.name: passing(places, UNITS, beside=[(place, "before", UNITS[0]) for place in places])}

    [pack] = packed([run(place, fault=Fault.KILL) for place in places], expected)

    assert pack.boundaries == tuple(places)


def test_a_run_that_something_has_to_go_wrong_for_first_is_alone() -> None:
    [lead, *_] = LEADS.values()
    runs = [Run(SMALL, (Strike(place, "before", Fault.EXCEPTION),), lead) for place in PLACES]

    assert packed(runs, EXPECTED) == runs
