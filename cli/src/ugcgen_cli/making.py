"""Making an ad: files up, job started and followed, result down."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from ugcgen.domain.brief import Brief
from ugcgen.domain.cut import Cut
from ugcgen_cli.client import Client, Requirement
from ugcgen_cli.cut_files import sent
from ugcgen_cli.display import display_on
from ugcgen_cli.follow import Review, conclude, follow
from ugcgen_cli.listener import View
from ugcgen_cli.local_file import LocalFile
from ugcgen_cli.result import write_storyboard


@dataclass(frozen=True)
class Order:
    """``budget`` is in US dollars; None takes the quote with its retakes.

    ``auto_approve`` leaves out the storyboard's review.
    """

    brief: Brief
    products: Sequence[LocalFile]
    avatars: Sequence[LocalFile]
    auto_approve: bool = False
    budget: float | None = None


def make_ad(
    client: Client, order: Order, out: Path | None, console: Console, approves: Callable[[Path | None], bool]
) -> int:
    """Returns the exit code. ``approves`` decides on the storyboard, given the file with its contact sheet.

    Raises CliError, and Unwatched when the user stops watching.
    """
    with console.status("sending the files"):
        products = [client.upload(photo) for photo in order.products]
        avatars = [client.upload(photo) for photo in order.avatars]
        cut = Cut.model_validate(sent(order.brief.cut.model_dump(mode="json", exclude_unset=True), client.upload))
        brief = order.brief.model_copy(update={"cut": cut})
        started = client.start(brief, products, avatars, order.auto_approve, order.budget)
    for notice in started.notices:
        console.out(notice, highlight=False)
    for wanting in started.requirements:
        console.out(told(wanting), highlight=False)
    folder = out or result_folder(started.job_id)
    display = display_on(console)

    def decide(view: View) -> bool:
        with display.aside():
            return approves(write_storyboard(client, client.job(view.job.id), folder))

    last = follow(client, started.job_id, display, Review(client, decide))
    return conclude(client, last, folder, console)


def told(wanting: Requirement) -> str:
    """What an ad still wants: missing, or advice where it can be made without."""
    return f"{'missing' if wanting.blocks else 'advice'}: {wanting.sentence}"


def result_folder(job_id: str) -> Path:
    return Path("out") / job_id
