"""The page: every ad's frames with what they scored and why, the layers' table, and the distributions, in one file."""

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from tests.eval.layers import Caught
from tests.eval.prevention import Prevented
from tests.eval.report import OUT
from tests.eval.run import Outcome, Scene
from ugcgen.domain.consistency import FrameScore

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --good: #1a7f4b; --bad: #c0392b; }
body { font: 15px/1.45 system-ui, sans-serif; max-width: 1200px; margin: 2rem auto; padding: 0 1rem; }
h1, h2 { line-height: 1.2 } h2 { margin-top: 2.5rem }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top }
.figures { display: flex; flex-wrap: wrap; gap: 1rem }
.figures div { border: 1px solid var(--line); padding: .6rem 1rem; border-radius: 8px }
.figures b { display: block; font-size: 1.5rem }
.scenes { display: flex; flex-wrap: wrap; gap: 1rem } figure { margin: 0; width: 250px }
figure img { width: 120px; border-radius: 6px } figcaption { font-size: .85rem; margin-top: .3rem }
.good { color: var(--good) } .bad { color: var(--bad) }
"""

_FIGURES = (
    ("briefs", "briefs"),
    ("accepted", "accepted"),
    ("constraint_violations", "constraints broken"),
    ("layers_caught", "of 6 layers caught"),
    ("false_alarms", "false alarms"),
    ("cost_per_accepted_usd", "USD an accepted ad (simulated)"),
)


def write(
    found: Mapping[str, Any],
    outcomes: Sequence[Outcome],
    prevented: Sequence[Prevented],
    caught: Sequence[Caught],
    path: Path = OUT / "index.html",
) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(found, outcomes, prevented, caught))


def page(
    found: Mapping[str, Any], outcomes: Sequence[Outcome], prevented: Sequence[Prevented], caught: Sequence[Caught]
) -> str:
    """The whole page as HTML, its pictures inside it."""
    parts = [
        f"<!doctype html><html lang=en><meta charset=utf-8><title>UGCGen evaluation</title><style>{_STYLE}</style>",
        "<h1>Evaluation</h1>",
        "<p>Ten briefs made on the local cloud, whose studio draws, films and speaks in place of paid models. "
        "Scores are of 100.</p>",
        _figures(found),
        "<h2>Layers</h2>",
        _layers(prevented, caught),
        "<h2>Distributions</h2>",
        _distributions({"frames": found["frames"], "clips": found["clips"], **found["evidence"]}),
        *(_case(outcome) for outcome in outcomes),
    ]
    return "\n".join(parts)


def _figures(found: Mapping[str, Any]) -> str:
    boxes = (f"<div><b>{_plain(found[name])}</b>{label}</div>" for name, label in _FIGURES)
    return f"<div class=figures>{''.join(boxes)}</div>"


def _layers(prevented: Sequence[Prevented], caught: Sequence[Caught]) -> str:
    first = [
        (p.layer, p.fault, f"person {_score(p.with_layer)} with it, {_score(p.without)} without", "", "", _word(p.ok))
        for p in prevented
    ]
    rest = [
        (c.layer, c.fault, f"layer {c.by}: {c.reason}" if c.by else "passed unseen", c.retakes, f"${c.spent_usd:.2f}",
         f"{_word(c.ok)} {escape(c.verdict)}")
        for c in caught
    ]  # fmt: skip
    return _table(("layer", "fault", "what found it", "retakes", "spent", "verdict"), [*first, *rest])


def _distributions(spreads: Mapping[str, Mapping[str, Any]]) -> str:
    names = ("count", "unknown", "least", "quarter", "median", "three_quarters", "most")
    rows = [(name, *(_plain(spread.get(column, "")) for column in names)) for name, spread in spreads.items()]
    return _table(("score", *(name.replace("_", " ") for name in names)), rows)


def _case(outcome: Outcome) -> str:
    job = outcome.job
    words = [f"{job.status}", f"${job.money.spent / 1e6:.2f} of ${job.quote.total / 1e6:.2f} quoted"]
    words += outcome.violations or ["script within its constraints"]
    scenes = "".join(_scene(outcome, scene) for scene in outcome.scenes)
    return (
        f"<h2>{escape(outcome.case.name)} {_word(outcome.accepted)}</h2><p>{escape(outcome.case.brief['prompt'])}</p>"
        f"<p>{escape('; '.join(words))}</p><div class=scenes>{scenes}</div>"
    )


def _scene(outcome: Outcome, scene: Scene) -> str:
    known = [frame for frame in scene.clip_frames if frame.score is not None]
    worst = min(known, key=lambda frame: frame.score or 0, default=None)
    pictures = [scene.frame, *([worst.frame] if worst else [])]
    images = "".join(f'<img alt="" src="{_inline(outcome.pictures[name])}"> ' for name in pictures)
    told = [
        f"frame {_score(scene.frame_score.score)}: {_why(scene.frame_score)}",
        *(f"drawn again: {escape(why)}" for why in scene.frame_retakes),
        f"clip {_score(scene.clip_score)}: {_why(worst)}",
        *(f"filmed again: {escape(why)}" for why in scene.clip_retakes),
    ]
    caption = "<br>".join([f"{scene.number}. {escape(scene.dialogue)}", *told])
    return f"<figure>{images}<figcaption>{caption}</figcaption></figure>"


def _why(frame: FrameScore | None) -> str:
    return escape(frame.reason) if frame else "nothing could be compared"


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    titles = "".join(f"<th>{name}" for name in head)
    body = "".join(f"<tr>{''.join(f'<td>{cell}' for cell in row)}" for row in rows)
    return f"<table><tr>{titles}{body}</table>"


def _word(ok: bool) -> str:
    return "<span class=good>&#10003;</span>" if ok else "<span class=bad>&#10007;</span>"


def _score(score: float | None) -> str:
    return "&ndash;" if score is None else str(round(100 * score))


def _plain(value: object) -> str:
    return "&ndash;" if value is None else f"{value:.3g}" if isinstance(value, float) else str(value)


def _inline(data: bytes) -> str:
    return f"data:image/jpeg;base64,{b64encode(data).decode()}"
