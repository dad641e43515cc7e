"""The ``ugcgen`` command."""

import json
import logging
import os
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

from ugcgen.domain.brief import Brief
from ugcgen.domain.enums import CameraMovement, JobStatus, Music, ShotType
from ugcgen.domain.money import show
from ugcgen_cli import endpoint, keys, sign_in
from ugcgen_cli.brief_file import read_brief
from ugcgen_cli.client import Client, QuoteAnswer
from ugcgen_cli.cut_files import read_changes, sent
from ugcgen_cli.display import display_on, picture
from ugcgen_cli.edits import patch_of
from ugcgen_cli.errors import CliError
from ugcgen_cli.follow import Unwatched, conclude, follow
from ugcgen_cli.listener import View
from ugcgen_cli.making import Order, make_ad, result_folder, told
from ugcgen_cli.models_table import models_table
from ugcgen_cli.photos import check_photos
from ugcgen_cli.wording import counted, scene_name, words

INTERRUPTED = 130

app = typer.Typer(
    name="ugcgen",
    help="From a brief and a few photos to a finished ad.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(keys.keys)
app.add_typer(keys.pool)
console = Console()

BriefFile = Annotated[Path, typer.Argument(metavar="BRIEF", help="YAML file; examples/brief.yaml shows every field.")]
JobId = Annotated[str, typer.Argument(metavar="JOB", help="The job's id, as 'ugcgen run' prints it.")]
Avatars = Annotated[list[Path] | None, typer.Option("--avatar", metavar="IMG", help="Photo of the person; repeatable.")]
Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Where results go; out/JOB by default.")]
Budget = Annotated[float | None, typer.Option("--budget", metavar="USD", help="The most that may be spent.")]


@app.callback()
def choose_endpoint(
    context: typer.Context,
    wanted: Annotated[
        str | None,
        typer.Option(
            "--endpoint",
            envvar="UGCGEN_ENDPOINT",
            metavar="URL",
            help="A deployed UGCGen that you signed in to, or 'local'. By default the local cloud where one runs, "
            "else the last sign-in.",
        ),
    ] = None,
) -> None:
    context.obj = wanted


@app.command()
def run(
    context: typer.Context,
    brief: BriefFile,
    product: Annotated[list[Path], typer.Option("--product", metavar="IMG", help="Photo of the product; repeatable.")],
    avatar: Avatars = None,
    auto_approve: Annotated[bool, typer.Option("--auto-approve", help="Film without asking for approval.")] = False,
    budget: Budget = None,
    out: Out = None,
) -> None:
    """Make an ad: upload, start, follow, ask for approval, and fetch the result.

    Without a budget the quote with its retakes is the most that is spent.
    """
    order = Order(read_brief(brief), check_photos(product), check_photos(avatar or []), auto_approve, budget)
    with _client(context) as client:
        raise typer.Exit(make_ad(client, order, out, console, _asked))


@app.command()
def quote(
    context: typer.Context,
    brief: BriefFile,
    product: Annotated[
        list[Path] | None, typer.Option("--product", metavar="IMG", help="Photos that 'run' will be given; repeatable.")
    ] = None,
    avatar: Avatars = None,
) -> None:
    """Say what a brief would cost, scene by scene. Nothing is started or stored."""
    wish, products, avatars = read_brief(brief), check_photos(product or []), check_photos(avatar or [])
    with _client(context) as client:
        _show_quote(wish, client.quote(wish, len(products), len(avatars)))


@app.command()
def models(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for programs.")] = False,
) -> None:
    """List the models a brief may name: their place at each quality, what they can do, cost, and until when."""
    with _client(context) as client:
        rows = client.models()
    if as_json:
        console.out(json.dumps([row.model_dump(mode="json") for row in rows], indent=2), highlight=False)
    else:
        console.print(models_table(rows))


@app.command()
def status(
    context: typer.Context,
    job: JobId,
    following: Annotated[bool, typer.Option("--follow", help="Go on showing it until it is over.")] = False,
    out: Out = None,
) -> None:
    """Show a job. A completed one is fetched into DIR when it was followed or --out is given."""
    with _client(context) as client:
        answer = client.job(job)
        if following:
            last = follow(client, job, display_on(console), goes_on=lambda view: True)
            raise typer.Exit(conclude(client, last, out or result_folder(job), console))
        console.print(picture(View(answer.job, tuple(answer.scenes)), answer.job.updated_at))
        if answer.job.status is JobStatus.COMPLETED and out:
            raise typer.Exit(conclude(client, answer.job, out, console))


@app.command()
def approve(context: typer.Context, job: JobId) -> None:
    """Approve a storyboard: the clips are filmed, and paid."""
    with _client(context) as client:
        client.approve(job)
    console.out(f"approved; follow it: ugcgen status {job} --follow", highlight=False)


@app.command()
def retake(
    context: typer.Context,
    job: JobId,
    scene: Annotated[list[int], typer.Option("--scene", metavar="N", help="Frame to draw again; repeatable.")],
    note: Annotated[str, typer.Option("--note", help="What the illustrator should change.")] = "",
) -> None:
    """Have frames of a storyboard drawn again."""
    with _client(context) as client:
        client.retake(job, scene, note)
    console.out(f"drawn again; follow it: ugcgen status {job} --follow", highlight=False)


@app.command()
def choose(
    context: typer.Context,
    job: JobId,
    scene: Annotated[int, typer.Option("--scene", metavar="N", help="The scene.")],
    variant: Annotated[int, typer.Option("--variant", metavar="M", min=1, help="Its frame, 1 for the best.")],
) -> None:
    """Take another of a scene's frames, which costs nothing."""
    with _client(context) as client:
        client.choose(job, scene, variant - 1)
    console.out(f"chosen; follow it: ugcgen status {job} --follow", highlight=False)


@app.command()
def edit(
    context: typer.Context,
    job: JobId,
    scene: Annotated[int | None, typer.Option("--scene", metavar="N", help="The scene that changes.")] = None,
    line: Annotated[str | None, typer.Option("--line", help="What is said in it.")] = None,
    action: Annotated[str | None, typer.Option("--action", help="What the person does in it.")] = None,
    movement: Annotated[CameraMovement | None, typer.Option("--movement", help="How its camera moves.")] = None,
    shot: Annotated[ShotType | None, typer.Option("--shot", help="How close its camera is.")] = None,
    light: Annotated[str | None, typer.Option("--light", help="The light of the scene, or of all scenes.")] = None,
    voice: Annotated[str | None, typer.Option("--voice", help="Who speaks.")] = None,
    pitch: Annotated[float | None, typer.Option("--pitch", help="How many semitones higher than usual.")] = None,
    pace: Annotated[float | None, typer.Option("--pace", help="How many times as fast as usual.")] = None,
    manner: Annotated[str | None, typer.Option("--manner", help="How to speak, in words.")] = None,
    music: Annotated[Music | None, typer.Option("--music", help="What plays under it.")] = None,
    cut: Annotated[
        Path | None, typer.Option("--cut", metavar="YAML", help="A file with what changes in the brief's cut.")
    ] = None,
    bible: Annotated[
        Path | None, typer.Option("--bible", metavar="YAML", help="A file with what changes in the production bible.")
    ] = None,
    script_note: Annotated[str | None, typer.Option("--script-note", help="What the script should do better.")] = None,
    preview: Annotated[bool, typer.Option("--preview", help="Only say what would run again.")] = False,
) -> None:
    """Change a running or finished job; what depends on the change is made again, and nothing else."""
    changes = read_changes(cut, "'look:' and 'captions:'") if cut else None
    revision = read_changes(bible, "'creative_brief:' and 'lighting:'") if bible else None
    patch = patch_of(
        scene, line, action, movement, shot, light, voice, pitch, pace, manner, music, changes, revision, script_note
    )
    with _client(context) as client:
        if changes:
            patch["cut"] = sent(changes, client.upload)
        edited = client.edit(job, patch, preview)
    units = counted(len(edited.units), "unit")
    console.out(f"{units} of work again at most, for {show(edited.cost)} at most", highlight=False)
    if not preview:
        console.out(f"version {edited.version}; follow it: ugcgen status {job} --follow", highlight=False)


@app.command()
def delete(context: typer.Context, job: JobId) -> None:
    """Delete a job that is over or paused, and what no other job of yours uses."""
    with _client(context) as client:
        removed, kept = client.delete(job)
    console.out(f"deleted: {counted(removed, 'file')} removed, {kept} kept for other jobs", highlight=False)


@app.command()
def resume(context: typer.Context, job: JobId, budget: Budget = None) -> None:
    """Let a paused or failed job go on, with a larger budget if one is given."""
    with _client(context) as client:
        client.resume(job, budget)
    console.out(f"resumed; follow it: ugcgen status {job} --follow", highlight=False)


@app.command()
def cancel(context: typer.Context, job: JobId) -> None:
    """Cancel a job: nothing new is paid, what runs at a provider is stopped where that is possible."""
    with _client(context) as client:
        status, spent = client.cancel(job)
        console.out(f"job {job} is {status}; {show(spent)} was spent", highlight=False)


@app.command()
def login(
    url: Annotated[str, typer.Argument(metavar="URL", help="Address of the web client of a deployed UGCGen.")],
    email: Annotated[str, typer.Option("--email", prompt=True, envvar="UGCGEN_EMAIL")],
    password: Annotated[str, typer.Option("--password", prompt=True, hide_input=True, envvar="UGCGEN_PASSWORD")],
    region: Annotated[str, typer.Option("--region", help="Region of its functions.")] = "us-central1",
    functions_url: Annotated[
        str | None, typer.Option("--functions-url", metavar="URL", help="Address of its functions, if another.")
    ] = None,
) -> None:
    """Sign in to a deployed UGCGen with email and password."""
    made = sign_in.sign_in(url, email, password, region, functions_url)
    console.out(f"signed in to {made.url} as {made.email}", highlight=False)


@app.command()
def logout() -> None:
    """Forget the last sign-in."""
    gone = sign_in.sign_out()
    console.out(f"signed out of {gone}" if gone else "nobody was signed in", highlight=False)


@app.command()
def up(
    models: Annotated[
        Literal["studio", "gemini"], typer.Option("--models", help="The free local studio, or Google's models.")
    ] = "studio",
) -> None:
    """Start the local cloud of this checkout, and keep it up until Ctrl-C."""
    try:
        from infra.local.__main__ import main as local_cloud  # noqa: PLC0415 - a deployed endpoint needs none of it
    except ModuleNotFoundError as missing:
        if (missing.name or "").split(".")[0] != "infra":
            raise
        raise CliError("there is no local cloud here: it is part of a UGCGen checkout; run 'make dev' there") from None
    folder = os.environ.get("UGCGEN_LOCAL")
    raise typer.Exit(local_cloud(["up", "--models", models, *(["--data", folder] if folder else [])]))


def _client(context: typer.Context) -> Client:
    return Client(endpoint.find(context.obj))


def _asked(sheet: Path | None) -> bool:
    """Ask for approval where somebody can answer."""
    console.out(f"The storyboard is in {sheet}", highlight=False)
    if not (sys.stdin.isatty() and console.is_terminal):
        return False
    try:
        return typer.confirm("Approve it and film the clips?")
    except typer.Abort:
        raise KeyboardInterrupt from None


def _show_quote(wish: Brief, answer: QuoteAnswer) -> None:
    scenes = Table("scene", "for", "length", "filmed as", "joined by", "words at most", title=wish.product_name)
    for scene in answer.outline:
        extension = f" + {scene.extension_seconds:g} s" if scene.is_extended else ""
        filmed = f"{scene.clip_seconds:g} s{extension}"
        join = f"{scene.join}, {words(scene.transition)}" if scene.scene_number > 1 else ""
        scenes.add_row(
            str(scene.scene_number),
            words(scene.scene_type),
            f"{scene.seconds:g} s",
            filmed,
            join,
            str(scene.max_words),
        )
    models = Table("model", "calls", "set aside")
    for model in dict.fromkeys(line.model for line in answer.quote.lines):
        lines = [line for line in answer.quote.lines if line.model == model]
        models.add_row(model, str(len(lines)), show(sum(line.price for line in lines)))
    length = f"{answer.seconds:g} s in {counted(len(answer.outline), 'scene')}"
    prices = Table("", "from", "set aside", "with retakes")
    for number, row in answer.quote.by_scene().items():
        prices.add_row(scene_name(number), show(row.low), show(row.price), show(row.high))
    prices.add_section()
    prices.add_row(length, show(answer.quote.low), show(answer.quote.total), show(answer.quote.high))
    console.print(scenes, models, prices)
    for notice in answer.quote.notices:
        console.out(notice, highlight=False)
    for wanting in answer.requirements:
        console.out(told(wanting), highlight=False)


def main() -> None:
    """The entry point: a CliError becomes one sentence on stderr and exit code 1."""
    logging.basicConfig(level=logging.CRITICAL)  # what libraries log of their retries is told here as an error, or not
    try:
        app()
    except CliError as error:
        print(f"ugcgen: {error}", file=sys.stderr)
        sys.exit(1)
    except Unwatched as left:
        print(f"\n{left}", file=sys.stderr)
        sys.exit(INTERRUPTED)
