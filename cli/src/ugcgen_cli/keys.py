"""``ugcgen keys`` for one's own API keys, ``ugcgen pool`` for those of the product, which admins administer."""

import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from ugcgen.domain.api_key import RESTS, ApiKey
from ugcgen_cli import endpoint
from ugcgen_cli.client import Client
from ugcgen_cli.errors import CliError
from ugcgen_cli.wording import counted, words

console = Console()

KeyId = Annotated[str, typer.Argument(metavar="KEY", help="The key's id, as 'list' shows it.")]
Label = Annotated[str, typer.Option("--label", metavar="NAME", help="What to call it.")]


def _group(name: str, about: str, callables: str) -> typer.Typer:
    """The commands on keys, with the callables whose names have ``callables`` in them: addApiKey, listPoolKeys ..."""
    group = typer.Typer(name=name, help=about, no_args_is_help=True)

    @group.command("list")
    def listed(context: typer.Context) -> None:
        """Show the keys and whether they are in use. The keys themselves are shown to nobody."""
        keys = _call(context, f"list{callables}s", {})["keys"]
        _show([ApiKey.model_validate(key) for key in keys])

    @group.command()
    def add(context: typer.Context, label: Label) -> None:
        """Add a key, which is asked for, or read from standard input. The provider is asked whether it is good."""
        key = ApiKey.model_validate(_call(context, f"add{callables}", {"label": label, "key": _typed()}))
        console.out(f"added {key.id}, which ends in {key.hint}", highlight=False)

    @group.command()
    def enable(context: typer.Context, key: KeyId) -> None:
        """Use a key again that was disabled, or that the provider refused."""
        _call(context, f"update{callables}", {"key_id": key, "enabled": True})
        console.out(f"{key} is in use", highlight=False)

    @group.command()
    def disable(context: typer.Context, key: KeyId) -> None:
        """Use a key no more. What it began is still looked at with it."""
        _call(context, f"update{callables}", {"key_id": key, "enabled": False})
        console.out(f"{key} is disabled", highlight=False)

    @group.command()
    def remove(context: typer.Context, key: KeyId) -> None:
        """Forget a key. What it began at the provider can be looked at no more."""
        _call(context, f"remove{callables}", {"key_id": key})
        console.out(f"{key} is removed", highlight=False)

    return group


keys = _group("keys", "Your own API keys, which are used before the product's.", "ApiKey")
pool = _group("pool", "The product's API keys and the master key. For administrators.", "PoolKey")


@pool.command("rotate-master-key")
def rotate_master_key(context: typer.Context) -> None:
    """Seal every stored key by the newest master key."""
    while True:
        done = _call(context, "rotateMasterKey", {})
        console.out(f"sealed {counted(done['resealed'], 'key')} anew, {done['remaining']} to go", highlight=False)
        if not (done["remaining"] and done["resealed"]):
            break
    if done["damaged"]:
        raise CliError(f"{counted(done['damaged'], 'key')} did not open and stayed as they are; the log names them")


def _call(context: typer.Context, name: str, data: Mapping[str, Any]) -> Any:
    with Client(endpoint.find(context.obj)) as client:
        return client.call(name, data)


def _typed() -> str:
    """The key as it was typed unseen, or piped. Never an argument: other users of a machine can read those."""
    text: str = typer.prompt("API key", hide_input=True) if sys.stdin.isatty() else sys.stdin.readline()
    if not text.strip():
        raise CliError("no key came; type it when asked, or pipe it: ugcgen keys add --label NAME < FILE")
    return text.strip()


def _show(found: list[ApiKey]) -> None:
    if not found:
        console.out("no keys", highlight=False)
        return
    table = Table("key", "label", "ends in", "status", "last used", "refused for")
    for key in found:
        status = key.status_at(datetime.now(UTC))
        rest = f" until {_time(key.until)}" if status in RESTS else ""
        table.add_row(
            key.id, key.label, key.hint, words(status) + rest, _time(key.last_used_at) or "never", key.reason or ""
        )
    console.print(table)


def _time(moment: datetime | None) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}" if moment else ""
