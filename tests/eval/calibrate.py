"""`make calibrate`: what raw similarities are worth, from pictures of which it is known what they show.

Prints the counts, the ROC and the rates of error at the pipeline's thresholds with their confidence intervals, and
writes the curves into the post-production package. With --check it writes nothing and fails if they would differ.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from postprod.faces import find_faces
from postprod.likeness.appearance import appearance
from postprod.likeness.calibration import Curve
from postprod.likeness.identity import cosine, embedded
from postprod.likeness.label import words_on
from postprod.likeness.medium import Medium
from postprod.likeness.pixels import Pixels
from postprod.likeness.product import find
from postprod.likeness.references import Portrait, References, references_of
from postprod.likeness.wording import compared
from tests.eval import drawn, photographed
from tests.eval.roc import Trial, wilson
from ugcgen.domain.consistency import Trait

ROOT = Path(__file__).parents[2]
WRITTEN = ROOT / "cloudrun-postprod/src/postprod/likeness/calibration.toml"
THRESHOLDS = (0.75, 0.65)
"""Of storyboard frames, and of clips."""
FALLING = {Trait.PERSON, Trait.COLORS}
FRAMES, BOXES, ALTERED = 44, 36, 10


@dataclass
class Alarms:
    """How often a right label was called wrong, and a wrong one was."""

    right: int = 0
    false: int = 0
    wrong: int = 0
    caught: int = 0

    def __str__(self) -> str:
        false, caught = wilson(self.false, self.right), wilson(self.caught, self.wrong)
        return (
            f"\nWRONG_LABEL: {self.false} of {self.right} right labels ({false[0]:.1%} to {false[1]:.1%}), "
            f"{self.caught} of {self.wrong} wrong ones ({caught[0]:.0%} to {caught[1]:.0%}), of those that were read"
        )


Raws = dict[tuple[Medium, Trait], tuple[list[float], list[float]]]


def main() -> int | str:
    raws: Raws = defaultdict(lambda: ([], []))
    alarms = Alarms()
    draw(raws, alarms)
    take_faces(raws, photographed.fetch(ROOT / ".local" / "photographs"))
    take_boxes(raws, ROOT / ".local" / "photographs")
    # Letters are read alike in both; the labels that were drawn stand for those that were photographed.
    raws[Medium.PHOTOGRAPH, Trait.LABEL] = raws[Medium.DRAWING, Trait.LABEL]
    trials = {key: Trial(*pair, falls=key[1] in FALLING) for key, pair in raws.items()}
    curves = {key: trial.curve() for key, trial in trials.items()}
    print(table(trials, curves))
    print(alarms)
    text = toml({key: curve for key, curve in curves.items() if curve})
    if "--check" in sys.argv:
        return (
            0 if WRITTEN.read_text() == text else f"{WRITTEN.name} is not what these pictures make: run make calibrate"
        )
    WRITTEN.write_text(text)
    return 0


def draw(raws: Raws, alarms: Alarms) -> None:
    """The studio's pictures, stills and frames of clips: eleven people, some of them alike, with nine products."""
    dice = Random(11)
    people = [references_of({str(n): photo for n, photo in enumerate(drawn.portraits(who))}, {}) for who in range(11)]
    fronts = [replace(known, persons=known.persons[:1]) for known in people]
    shots = [(drawn.packshot(drawn.goods(n).product),) for n in range(len(drawn.GOODS))] + [drawn.serum_photos()]
    for n in range(FRAMES):
        who, what = n % 11, (n * 5) % len(shots)
        # Half of the people are known from in front alone, as in a brief with one photo.
        front_alone = n // 11 % 2 == 1
        portraits = drawn.portraits(who)[: 1 if front_alone else None]
        prompt = drawn.scene(dice)
        still = drawn.drawn(prompt, portraits, shots[what], n)
        clip = drawn.filmed(prompt, still, n)
        for frame in (still, *clip):
            compare_person(raws, frame, fronts if front_alone else people, who)
        frame = still if n % 2 == 0 else clip[0]
        own, another = shots[what], shots[(what + 1 + n % 8) % len(shots)]
        lookalikes = drawn.lookalikes(what, n) if what < len(drawn.GOODS) else {}
        compare_product(raws, Medium.DRAWING, frame, own, another, lookalikes)
        compare_label(raws, alarms, frame, own, drawn.words_of(what), n)


def take_faces(raws: Raws, folder: Path) -> None:
    """Portraits against other portraits of the same people, against the same ones altered, and against other people."""
    dice = Random(5)
    photos = {
        name: [photographed.photograph(folder, one) for one in held] for name, held in photographed.PEOPLE.items()
    }
    known = {name: [embedded(photo, find_faces(photo)[0]) for photo in held] for name, held in photos.items()}
    for name, held in photos.items():
        for number, photo in enumerate(held):
            pictures = [(photo, False)] + [(photographed.altered(photo, dice), True) for _ in range(ALTERED)]
            for picture, is_altered in pictures:
                faces = find_faces(picture)
                if not faces:
                    continue
                identity = embedded(picture, faces[0])
                for other, portraits in known.items():
                    for index, portrait in enumerate(portraits):
                        if (other, index) == (name, number) and not is_altered:
                            continue
                        raws[Medium.PHOTOGRAPH, Trait.FACE][other != name].append(cosine(identity, portrait))


def take_boxes(raws: Raws, folder: Path) -> None:
    """Printed boxes in photographs, against boxes of other colours, of other proportions, and other boxes."""
    dice = Random(3)
    art = [photographed.photograph(folder, f"skimage/data/{name}") for name in photographed.PRINTS]
    rooms = [photographed.photograph(folder, f"skimage/data/{name}") for name in photographed.ROOMS]
    for n in range(BOXES):
        print_, other = art[n % len(art)], art[(n + 1 + n % 5) % len(art)]
        aspect = (0.5, 0.7, 1.0, 1.4)[n % 4]
        box = photographed.printed(print_, aspect)
        frame = photographed.staged(box, rooms[n % len(rooms)], dice)
        lookalikes = {
            Trait.COLORS: photographed.packshot(photographed.printed(print_, aspect, dice.choice((90, 150, 210))), n),
            Trait.SHAPE: photographed.packshot(photographed.printed(print_, aspect * dice.choice((0.5, 2.0))), n),
        }
        another = photographed.packshot(photographed.printed(other, aspect), n)
        compare_product(raws, Medium.PHOTOGRAPH, frame, (photographed.packshot(box, n),), (another,), lookalikes)


def compare_person(raws: Raws, frame: Pixels, people: list[References], who: int) -> None:
    faces = find_faces(frame)
    if not faces:
        return
    identity, looks = embedded(frame, faces[0]), appearance(frame, faces[0])

    def nearest(portraits: tuple[Portrait, ...]) -> tuple[float, float]:
        alike = max(cosine(identity, portrait.embedding) for portrait in portraits)
        return alike, min(looks.distance(portrait.appearance) for portrait in portraits)

    for number, references in enumerate(people):
        for trait, raw in zip((Trait.FACE, Trait.PERSON), nearest(references.persons), strict=True):
            raws[Medium.DRAWING, trait][number != who].append(raw)


def compare_product(
    raws: Raws,
    medium: Medium,
    frame: Pixels,
    own: tuple[Pixels, ...],
    another: tuple[Pixels, ...],
    lookalikes: Mapping[Trait, Pixels],
) -> None:
    for shots, traits, differs in (
        (own, (Trait.COLORS, Trait.SHAPE), False),
        (another, (Trait.COLORS, Trait.SHAPE), True),
        *(((shot,), (trait,), True) for trait, shot in lookalikes.items()),
    ):
        place = find(frame, references_of({}, {str(n): shot for n, shot in enumerate(shots)}).products)
        if place is None:
            continue
        for trait in traits:
            raws[medium, trait][differs].append(place.colors if trait is Trait.COLORS else place.shape)


def compare_label(
    raws: Raws, alarms: Alarms, frame: Pixels, own: tuple[Pixels, ...], right: tuple[str, ...], n: int
) -> None:
    """What is read against the product's own words, another brand's, and a brand that differs by a letter."""
    place = find(frame, references_of({}, {str(n): shot for n, shot in enumerate(own)}).products)
    read = words_on(place.crop(frame)) if place else []
    another = drawn.OTHER_LABELS[n % len(drawn.OTHER_LABELS)]
    near = (drawn.misspelt(right[0], n), *right[1:])
    for words, differs in ((right, False), (another, True), (near, True)):
        text = compared(read, words)
        if text is None:
            continue
        if words is not near:
            raws[Medium.DRAWING, Trait.LABEL][differs].append(text.share)
        if differs:
            alarms.wrong += 1
            alarms.caught += text.wrong is not None
        else:
            alarms.right += 1
            alarms.false += text.wrong is not None


def table(trials: Mapping[tuple[Medium, Trait], Trial], curves: Mapping[tuple[Medium, Trait], Curve | None]) -> str:
    lines = [
        "| medium | trait | same | other | AUC | equal error "
        "| same refused at 75 | other passed at 75 | same refused at 65 | other passed at 65 |",
        f"|{'---|' * 10}",
    ]
    for (medium, trait), trial in trials.items():
        curve, (raw, rate) = curves[medium, trait], trial.equal_error
        cells = ["no evidence", "", "", ""] if curve is None else []
        wrong = [trial.errors(curve, threshold) for threshold in THRESHOLDS] if curve else []
        counted = (len(trial.same), len(trial.other))
        for errors, of in (pair for both in wrong for pair in zip(both, counted, strict=True)):
            low, high = wilson(errors, of)
            cells.append(f"{errors / of:.1%} ({low:.1%} to {high:.1%})")
        counts = f"{len(trial.same)} | {len(trial.other)} | {trial.auc:.3f} | {rate:.1%} at {raw:.2f}"
        lines.append(f"| {medium} | {trait} | {counts} | {' | '.join(cells)} |")
        points = ", ".join(f"{passed:.0%}: {kept:.0%}" for passed, kept in trial.points())
        print(f"ROC {medium} {trait}, share of others that pass: share of the same that does: {points}")
    return "\n".join(lines)


def toml(curves: Mapping[tuple[Medium, Trait], Curve]) -> str:
    head = "# Written by `make calibrate`. Scores by raw similarities; see docs/consistency.md.\n"
    return head + "".join(
        f"\n[{medium}.{trait}]\nraw = {curve.raw}\nscore = {curve.score}\n"
        for (medium, trait), curve in sorted(
            curves.items(), key=lambda item: (item[0][0], list(Trait).index(item[0][1]))
        )
    )


if __name__ == "__main__":
    sys.exit(main())
