"""The checks of a film's pictures: what is black, stands still, repeats or is torn, and whose fault that is."""

from collections.abc import Callable, Sequence

from postprod.captions.lines import Line
from postprod.checks.footage import Fault, Footage
from postprod.checks.look import Pictures
from postprod.checks.picture import Unrest, black, plain_frames, still, torn
from postprod.checks.report import POST_PRODUCTION, Check, Mend, Severity, found_at
from postprod.checks.runs import Run, in_seconds, runs
from ugcgen.domain.enums import PipelineStep

BLACK_SECONDS = 0.4
FROZEN_SECONDS = 2.0
DOUBLED_FRAMES = 2
"""Frames in a row that repeat the one before, where the clip moves."""

_PLAINLY = 2.0
"""Steps of luma by which a clip must move more than would be hidden, for a film that does not to be wrong."""

Whose = Callable[[Run], list[Mend]]
"""Who can mend a stretch: nobody where it is as it should be."""


def picture_checks(pictures: Pictures, footage: Footage, lines: Sequence[Line]) -> list[Check]:
    """Black, frozen, doubled and torn frames, each stretch laid to the clip that has the same fault, or to the film."""
    edit = footage.edit
    unrest = Unrest.of(edit, lines)
    plain = plain_frames(edit, footage.timeline, len(pictures))
    dark, same = black(pictures) & plain, still(pictures, unrest)
    equal = still(pictures, Unrest(0.0, 0.0, unrest.captions)) & plain & ~dark
    frozen = FROZEN_SECONDS * edit.fps

    def whose(fault: Fault) -> Whose:
        return lambda run: _whose(footage, run, fault)

    def stopped(run: Run) -> list[Mend]:
        found = _whose(footage, run, still)
        return [] if found == [POST_PRODUCTION] and _hidden(footage, run, unrest) else found

    def repeated(run: Run) -> list[Mend]:
        return [mend for mend in stopped(run) if mend == POST_PRODUCTION]

    short = [run for run in runs(equal, DOUBLED_FRAMES) if run[1] - run[0] < frozen]
    suspects: dict[str, tuple[list[Run], Whose, str]] = {
        "black": (runs(dark, BLACK_SECONDS * edit.fps), whose(black), f"no black for {BLACK_SECONDS} s"),
        "frozen": (runs(same & ~dark, frozen), stopped, f"no still for {FROZEN_SECONDS} s"),
        "doubled": (short, repeated, f"no {DOUBLED_FRAMES} repeats in a row where the clip moves"),
        "torn": (runs(torn(pictures, unrest) & plain), whose(torn), "every frame like its neighbours"),
    }
    return [_check(name, *found, footage.edit.fps) for name, found in suspects.items()]


def _check(name: str, suspects: list[Run], whose: Whose, expected: str, fps: int) -> Check:
    blamed = [(run, mends) for run in suspects if (mends := whose(run))]
    by_film = any(POST_PRODUCTION in mends for _, mends in blamed)
    return Check(
        name=name,
        ok=not blamed,
        value=len(blamed),
        expected=expected,
        stretches=found_at(in_seconds([run for run, _ in blamed], fps)),
        mends=tuple(dict.fromkeys(mend for _, mends in blamed for mend in mends)),
        # A clip may flash by intent; a film that does where its clip does not is broken.
        severity=Severity.WARN if name == "torn" and not by_film else Severity.FAIL,
    )


def _whose(footage: Footage, run: Run, fault: Fault) -> list[Mend]:
    guilty = [index for index in footage.scenes(run) if footage.has(index, run, fault)]
    numbers = [footage.edit.scenes[index].scene_number for index in guilty]
    return [Mend(step=PipelineStep.VIDEO_GENERATION, scene=number) for number in numbers] or [POST_PRODUCTION]


def _hidden(footage: Footage, run: Run, unrest: Unrest) -> bool:
    """Whether the clip moves so little there that grain, shake or coding may hide it, so that nothing can be told."""
    over_all = Unrest(unrest.noise + _PLAINLY, unrest.shake, slice(0, 0))
    return any(footage.has(index, run, lambda pictures: still(pictures, over_all)) for index in footage.scenes(run))
